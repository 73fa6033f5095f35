package dev.screenful.kit;

import static dev.screenful.kit.Template.actions;
import static dev.screenful.kit.Template.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.live.Connections;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Checks what {@code template.yaml} creates for live screens. */
abstract class LiveTemplateTests {

  private static final JsonNode TEMPLATE = Template.read(); // once for all choices

  final JsonNode template = TEMPLATE;
  final JsonNode resources = template.get("Resources");
  final JsonNode function = template.at("/Globals/Function");
  final JsonNode managed = resources.at("/ManagedFunction");
  final JsonNode custom = resources.at("/CustomFunction");

  private JsonNode resource(String name) {
    return resources.at("/" + name + "/Properties");
  }

  @Test
  void live_screens_are_on_unless_the_parameter_leaves_out_all_their_resources() {
    assertThat(template.at("/Parameters/LiveScreens/Default").asText()).isEqualTo("on");
    assertThat(texts(template.at("/Conditions/HasLiveScreens")))
        .containsExactly("LiveScreens", "on");
    List<String> live =
        resources.properties().stream()
            .filter(resource -> resource.getValue().path("Condition").asText().contains("Live"))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(live)
        .containsExactlyInAnyOrder(
            "WebSocketApi",
            "WebSocketIntegration",
            "WebSocketStage",
            "WebSocketPermission",
            "ConnectRoute",
            "DisconnectRoute",
            "MessageRoute",
            "ConnectionsPolicy",
            "ManagedStreamFunction",
            "CustomStreamFunction",
            "Changes",
            "FailedChanges",
            "StreamRole",
            "LiveUploadPolicy",
            "FailedChangesAlarm",
            "LateChangesAlarm",
            "StreamErrorsAlarm");
    for (String condition :
        List.of("IsManagedAndLive", "IsCustomAndLive", "HasLiveUploads", "HasLiveAlarms")) {
      assertThat(texts(template.at("/Conditions/" + condition))).contains("HasLiveScreens"); // !And
    }
    assertThat(template.at("/Outputs/LiveEndpoint/Condition").asText()).isEqualTo("HasLiveScreens");
    JsonNode stream = resource("Table").get("StreamSpecification");
    assertThat(stream.at("/0").asText()).isEqualTo("HasLiveScreens");
    assertThat(stream.at("/1/StreamViewType").asText()).isEqualTo("NEW_AND_OLD_IMAGES");
    assertThat(stream.at("/2").asText()).isEqualTo("AWS::NoValue");
  }

  @Test
  void the_websocket_api_passes_all_messages_to_the_alias_of_the_function() {
    TreeSet<String> routes = new TreeSet<>();
    for (String name : texts(resources.at("/WebSocketStage/DependsOn"))) {
      routes.add(resource(name).get("RouteKey").asText());
      assertThat(resource(name).get("Target").asText())
          .isEqualTo("integrations/${WebSocketIntegration}");
    }
    assertThat(routes).containsExactly("$connect", "$default", "$disconnect");
    JsonNode uri = resource("WebSocketIntegration").get("IntegrationUri");
    assertThat(uri.get(0).asText()).endsWith("/functions/${Function}:live/invocations");
    assertThat(texts(uri.at("/1/Function")))
        .containsExactly("IsManaged", "ManagedFunction.Arn", "CustomFunction.Arn");
    assertThat(texts(resource("WebSocketPermission").get("FunctionName")))
        .containsExactly("IsManaged", "ManagedFunction.Alias", "CustomFunction.Alias");
    JsonNode limits = resource("WebSocketStage").get("DefaultRouteSettings");
    assertThat(limits.get("ThrottlingRateLimit").asText()).isEqualTo("ThrottlingRateLimit");
    assertThat(limits.get("ThrottlingBurstLimit").asText()).isEqualTo("ThrottlingBurstLimit");
  }

  @Test
  void the_function_knows_the_stage_of_its_connections() {
    JsonNode url = function.at("/Environment/Variables/CONNECTIONS_URL");
    String stage = resource("WebSocketStage").get("StageName").asText();
    assertThat(texts(url))
        .containsExactly(
            "HasLiveScreens",
            "https://${WebSocketApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/" + stage,
            "");
    assertThat(template.at("/Outputs/LiveEndpoint/Value").asText())
        .isEqualTo(url.at("/1").asText().replace("https://", "wss://"));
    Map<String, String> environment =
        Map.of(
            "CONNECTIONS_URL",
            url.at("/1").asText().replaceAll("\\$\\{.+?}", "x"),
            "AWS_REGION",
            "eu-central-1",
            "AWS_ACCESS_KEY_ID",
            "key",
            "AWS_SECRET_ACCESS_KEY",
            "secret");
    assertThatCode(() -> Connections.of(environment, Clock.systemUTC())).doesNotThrowAnyException();
  }

  @Test
  void the_function_of_the_stream_is_the_same_package_with_more_time() {
    for (String packaging : List.of("Managed", "Custom")) {
      JsonNode main = resource(packaging + "Function");
      JsonNode stream = resource(packaging + "StreamFunction");
      for (String same :
          List.of(
              "CodeUri", "Runtime", "SnapStart", "Environment", "AutoPublishAliasAllProperties")) {
        assertThat(stream.path(same)).as(same).isEqualTo(main.path(same));
      }
      assertThat(stream.get("Timeout").asInt()).isEqualTo(60);
      assertThat(stream.get("Role").asText()).isEqualTo("StreamRole.Arn");
    }
    assertThat(texts(resource("Changes").get("FunctionName")))
        .containsExactly("IsManaged", "ManagedStreamFunction.Alias", "CustomStreamFunction.Alias");
  }

  @Test
  void changes_arrive_at_once_and_those_that_fail_are_kept_for_two_weeks() {
    JsonNode changes = resource("Changes");
    assertThat(changes.get("EventSourceArn").asText()).isEqualTo("Table.StreamArn");
    assertThat(changes.get("MaximumBatchingWindowInSeconds").asInt()).isZero();
    assertThat(texts(changes.get("FunctionResponseTypes")))
        .containsExactly("ReportBatchItemFailures");
    assertThat(changes.get("BisectBatchOnFunctionError").asBoolean()).isTrue();
    assertThat(changes.get("MaximumRetryAttempts").asInt()).isEqualTo(10);
    assertThat(changes.get("MaximumRecordAgeInSeconds").asInt()).isEqualTo(3600);
    assertThat(changes.at("/DestinationConfig/OnFailure/Destination").asText())
        .isEqualTo("FailedChanges.Arn");
    assertThat(resource("FailedChanges").get("MessageRetentionPeriod").asInt())
        .isEqualTo(14 * 24 * 60 * 60);
    assertThat(resource("FailedChanges").get("SqsManagedSseEnabled").asBoolean()).isTrue();
  }

  /** Lambda documents no rule for keys that do not begin with a text, so live items have a mark. */
  @Test
  void the_engines_own_live_items_do_not_invoke_the_function() throws JsonProcessingException {
    JsonNode filters = resource("Changes").at("/FilterCriteria/Filters");
    assertThat(filters).hasSize(1); // filters are alternatives
    JsonNode pattern = new ObjectMapper().readTree(filters.at("/0/Pattern").asText());
    assertThat(pattern)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"dynamodb": {
                      "OldImage": {"__live": {"S": [{"exists": false}]}},
                      "NewImage": {"__live": {"S": [{"exists": false}]}}}}
                    """));
  }

  @Test
  void both_roles_may_send_messages_and_close_connections_of_the_stage_only() {
    JsonNode policy = resource("ConnectionsPolicy").get("PolicyDocument");
    assertThat(actions(policy)).containsExactly("execute-api:ManageConnections");
    List<String> connections = texts(policy.at("/Statement/0/Resource"));
    assertThat(connections)
        .satisfiesExactly(
            send -> assertThat(send).endsWith(":${WebSocketApi}/graphql/POST/@connections/*"),
            close -> assertThat(close).endsWith(":${WebSocketApi}/graphql/DELETE/@connections/*"));
    for (JsonNode statement : resource("StreamRole").at("/Policies/0/PolicyDocument/Statement")) {
      assertThat(texts(statement.get("Resource"))).doesNotContain("*");
      if (texts(statement.get("Action")).contains("execute-api:ManageConnections")) {
        assertThat(texts(statement.get("Resource"))).isEqualTo(connections);
      }
    }
  }
}
