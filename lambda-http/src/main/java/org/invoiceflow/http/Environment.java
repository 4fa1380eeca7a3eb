package org.invoiceflow.http;

import java.util.Map;

/** The settings of a Lambda function: its environment variables. */
public final class Environment {

  private Environment() {}

  /**
   * The variable's value.
   *
   * @throws IllegalStateException if it is absent or empty; Lambda shows the message and starts
   *     nothing
   */
  public static String required(Map<String, String> variables, String name) {
    String value = variables.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException(
          "The environment variable " + name + " is not set; set it in the function's settings");
    }
    return value;
  }
}
