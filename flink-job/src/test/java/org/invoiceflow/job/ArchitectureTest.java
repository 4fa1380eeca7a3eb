package org.invoiceflow.job;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.invoiceflow.job.assembly.Conflicts;
import org.invoiceflow.job.assembly.InvoiceChange;
import org.invoiceflow.job.intake.Origin;
import org.invoiceflow.job.intake.ReceivedLine;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.job.views.InvoicePart;
import org.invoiceflow.job.views.MergedInvoice;

@AnalyzeClasses(packages = "org.invoiceflow.job", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packages_are_free_of_cycles =
      slices().matching("org.invoiceflow.job.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothing_depends_on_the_graph =
      noClasses()
          .that()
          .resideInAPackage("org.invoiceflow.job.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.invoiceflow.job")
          .because("the graph chooses its parts, and the parts know nothing of the graph");

  @ArchTest
  static final ArchRule the_domain_knows_neither_streams_nor_clouds =
      classes()
          .that()
          .belongToAnyOf(
              Origin.class,
              ReceivedRecord.class,
              ReceivedLine.class,
              Rejection.class,
              Conflicts.class,
              InvoiceChange.class,
              InvoicePart.class,
              MergedInvoice.class)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify.annotations..",
              "org.invoiceflow..",
              "org.apache.flink.core.memory..")
          .because(
              "what an invoice is must be readable and testable without Flink and AWS; the one"
                  + " exception is the in-memory buffer in which a line keeps its record");

  @ArchTest
  static final ArchRule only_these_packages_talk_to_aws =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..job.intake..",
              "..job.assembly..",
              "..job.lake..",
              "..job.metrics..",
              "..job.serialization..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "com.amazonaws..")
          .because("AWS is met in aws, views, warehouse, sources, config and the access check");

  @ArchTest
  static final ArchRule no_table_api_and_no_stand_ins_driver =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink.table..", "org.postgresql..")
          .because(
              "Managed Service for Apache Flink does not put the Table API on a DataStream job's class"
                  + " path, and PostgreSQL only stands in for Redshift");

  @ArchTest
  static final ArchRule checkpoints_state_and_restarts_belong_to_the_service =
      noClasses()
          .should()
          .callMethodWhere(
              new DescribedPredicate<>("it sets what Managed Service for Apache Flink sets") {
                @Override
                public boolean test(JavaMethodCall call) {
                  return isSetting(call);
                }
              })
          .because("the service refuses or overrides such settings");

  @ArchTest
  static final ArchRule nothing_ends_the_virtual_machine =
      noClasses()
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .because("a job manager and its other jobs run in the same machine");

  @ArchTest
  static final ArchRule no_kryo =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("com.esotericsoftware..")
                  .or(nameMatching(".*\\.GenericTypeInfo|.*\\.KryoSerializer")))
          .because("what Kryo writes into a savepoint cannot be read by another version");

  private static boolean isSetting(JavaAccess<?> call) {
    String name = call.getTarget().getName();
    if (call.getTargetOwner().isAssignableTo(CheckpointConfig.class)) {
      return name.startsWith("set") || name.startsWith("enable") || name.startsWith("disable");
    }
    return call.getTargetOwner().isAssignableTo(StreamExecutionEnvironment.class)
        && (name.equals("enableCheckpointing")
            || name.equals("setStateBackend")
            || name.equals("setRestartStrategy")
            || name.equals("setDefaultSavepointDirectory")
            || name.equals("setParallelism")
            || name.equals("configure"));
  }
}
