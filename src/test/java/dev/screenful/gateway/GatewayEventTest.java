package dev.screenful.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.store.Deadline;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Fields of an event that no response shows. */
final class GatewayEventTest {

  private static String address(String event) throws MalformedEvent {
    return GatewayEvent.read(
            GatewayEvent.parse(event.getBytes(StandardCharsets.UTF_8)), Deadline.distant(), false)
        .address();
  }

  @Test
  void the_address_is_the_source_ip_of_the_gateway_in_every_event_format() throws MalformedEvent {
    assertThat(
            address(
                """
                {"headers": {"x-forwarded-for": "203.0.113.9"},
                 "requestContext": {"requestId": "1", "http": {"method": "POST", "sourceIp": "192.0.2.1"}}}
                """))
        .isEqualTo("192.0.2.1");
    assertThat(
            address(
                """
                {"httpMethod": "POST", "headers": {"X-Forwarded-For": "203.0.113.9"},
                 "requestContext": {"requestId": "1", "identity": {"sourceIp": "192.0.2.2"}}}
                """))
        .isEqualTo("192.0.2.2");
    assertThat(
            address(
                """
                {"httpMethod": "POST", "headers": {"X-Forwarded-For": "203.0.113.9"},
                 "requestContext": {"requestId": "1", "identity": {"sourceIp": 7}}}
                """))
        .isEmpty();
  }
}
