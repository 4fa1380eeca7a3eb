package org.invoiceflow.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Notes which headers and query parameters of an event a handler asks for. */
public final class Noted {

  private Noted() {}

  /**
   * The same event.
   *
   * @param asked gets names as the contract writes them: {@code query limit}, {@code header etag}
   */
  public static APIGatewayV2HTTPEvent of(APIGatewayV2HTTPEvent event, Set<String> asked) {
    event.setHeaders(new NotingMap("header ", event.getHeaders(), asked));
    event.setQueryStringParameters(
        new NotingMap("query ", event.getQueryStringParameters(), asked));
    return event;
  }

  private static final class NotingMap extends HashMap<String, String> {
    private static final long serialVersionUID = 1L;
    private final transient Set<String> asked;
    private final String prefix;

    NotingMap(String prefix, Map<String, String> values, Set<String> asked) {
      super(values == null ? Map.of() : values);
      this.prefix = prefix;
      this.asked = asked;
    }

    @Override
    public String get(Object name) {
      asked.add(prefix + name);
      return super.get(name);
    }
  }
}
