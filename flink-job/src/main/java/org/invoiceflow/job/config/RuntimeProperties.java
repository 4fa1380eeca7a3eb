package org.invoiceflow.job.config;

import com.amazonaws.services.kinesisanalytics.runtime.KinesisAnalyticsRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Where the runtime property groups come from: Managed Service for Apache Flink, or a file of the
 * same form elsewhere.
 */
public final class RuntimeProperties {

  private static final String CONFIG_FLAG = "--config";

  private RuntimeProperties() {}

  /**
   * The property groups for these arguments of {@code main}: those of {@code --config FILE}, or
   * without arguments the service's own.
   *
   * @throws ConfigException with one sentence if there are none
   */
  public static Map<String, Properties> forArguments(String[] args) {
    if (args.length == 0) {
      return ofService();
    }
    if (args.length != 2 || !args[0].equals(CONFIG_FLAG)) {
      throw new ConfigException(
          List.of(
              "Usage: "
                  + CONFIG_FLAG
                  + " FILE, or no argument on Managed Service for Apache Flink."));
    }
    return ofFile(Path.of(args[1]));
  }

  private static Map<String, Properties> ofService() {
    String reason = "";
    try {
      Map<String, Properties> groups = KinesisAnalyticsRuntime.getApplicationProperties();
      if (groups != null && !groups.isEmpty()) {
        return groups;
      }
    } catch (IOException | RuntimeException e) {
      // Off the service there is no such file.
      reason = " (" + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ")";
    }
    throw new ConfigException(
        List.of(
            "There are no runtime properties"
                + reason
                + "; set the application's property groups, or give "
                + CONFIG_FLAG
                + " FILE."));
  }

  /**
   * The property groups in a file of the form that the service uses: a JSON array of
   * PropertyGroupId and PropertyMap.
   */
  public static Map<String, Properties> ofFile(Path file) {
    if (!Files.isReadable(file)) {
      throw new ConfigException(
          List.of("Configuration file " + file + " does not exist or cannot be read."));
    }
    try {
      return KinesisAnalyticsRuntime.getApplicationProperties(file.toString());
    } catch (IOException | RuntimeException e) {
      throw new ConfigException(
          List.of(
              "Configuration file "
                  + file
                  + " is no JSON array of PropertyGroupId and PropertyMap: "
                  + String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    }
  }
}
