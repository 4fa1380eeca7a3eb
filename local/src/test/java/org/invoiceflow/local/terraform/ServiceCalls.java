package org.invoiceflow.local.terraform;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rights that code needs, found in its byte code: each call of a method of an AWS client is an
 * action of IAM of the same name. For the services that are called from here that holds; S3, where
 * it does not, is called by a library that hides its clients.
 */
final class ServiceCalls {

  /** Of both versions of the SDK, also where a connector carries its own copy. */
  private static final Pattern CLIENT =
      Pattern.compile(
          ".*\\b(?:awssdk|com\\.amazonaws)\\.services\\.(\\w+)\\.(?:\\w+Client|Amazon\\w+(?<!Builder))");

  /** What clients can do without a service. */
  private static final Set<String> LOCAL =
      Set.of("builder", "create", "close", "shutdown", "serviceName", "serviceClientConfiguration");

  private ServiceCalls() {}

  /** Actions such as {@code kinesis:PutRecords} that the classes of these packages call for. */
  static Set<String> inPackages(String... packages) {
    return in(
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(packages));
  }

  /** Actions that one class of a library calls for. */
  static Set<String> inClass(String name) throws ClassNotFoundException {
    Class<?> type = Class.forName(name, false, ServiceCalls.class.getClassLoader());
    return in(new ClassFileImporter().importClasses(type));
  }

  private static Set<String> in(JavaClasses classes) {
    Set<String> actions = new TreeSet<>();
    for (JavaClass type : classes) {
      for (JavaAccess<?> access : type.getAccessesFromSelf()) {
        Matcher client = CLIENT.matcher(access.getTargetOwner().getFullName());
        String method = access.getTarget().getName();
        if (client.matches()
            && Character.isLowerCase(method.charAt(0))
            && !LOCAL.contains(method)) {
          actions.add(client.group(1) + ":" + action(method));
        }
      }
    }
    return actions;
  }

  private static String action(String method) {
    String name = method.replaceFirst("Paginator$", "");
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
