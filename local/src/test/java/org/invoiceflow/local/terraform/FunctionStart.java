package org.invoiceflow.local.terraform;

/** Starts a handler as Lambda does: by its name, with what stands in the environment. */
final class FunctionStart {

  private FunctionStart() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    Object handler = Class.forName(args[0]).getConstructor().newInstance();
    System.out.println("started " + handler.getClass().getName());
  }
}
