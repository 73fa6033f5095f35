package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import dev.screenful.kit.RequiredTools;
import dev.screenful.local.DevelopmentServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools read the schema of an open function with the queries that they come with. */
final class IntrospectionIT {

  /** The {@code ofType} below each other that Apollo's tools ask for. */
  private static final int REFERENCES = 7;

  @ParameterizedTest
  @CsvSource({
    "Apollo iOS 2,        false, false",
    "Rover 0.36,          true,  false",
    "Apollo Kotlin 5.0.1, true,  true"
  })
  void apollos_tools_download_the_schema(String tool, boolean inputValues, boolean all) {
    String document =
        """
        query IntrospectionQuery {
          __schema {
            queryType { name } mutationType { name } subscriptionType { name }
            types { ...FullType }
            directives { name description locations args%1$s { ...InputValue } %3$s }
            %4$s
          }
        }
        fragment FullType on __Type {
          kind name description
          fields(includeDeprecated: true) {
            name description args%1$s { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
          }
          inputFields%1$s { ...InputValue }
          interfaces { ...TypeRef }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
          possibleTypes { ...TypeRef }
          %5$s
        }
        fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue %2$s }
        fragment TypeRef on __Type { %6$s }
        """
            .formatted(
                inputValues ? "(includeDeprecated: true)" : "",
                inputValues ? "isDeprecated deprecationReason" : "",
                all ? "isRepeatable" : "",
                all ? "description" : "",
                all ? "specifiedByURL isOneOf" : "",
                "kind name ofType { ".repeat(REFERENCES) + "kind name" + " }".repeat(REFERENCES));

    Phone.Reply reply = LayoverBench.stranger().ask(document);

    assertThat(reply.code()).as(tool).isEqualTo("no error");
    assertThat(reply.data("/__schema/types").findValuesAsText("name")).contains("Airport");
  }

  @Test
  void graphql_js_builds_the_schema_with_each_choice_of_its_options()
      throws IOException, InterruptedException {
    RequiredTools.needNode();
    try (DevelopmentServer server = LayoverBench.shared().server()) {
      RequiredTools.Run run =
          RequiredTools.node(
              "layover/introspect.mjs", "http://localhost:" + server.port() + "/graphql");

      assertThat(run.output().lines()).containsExactly("true", "true", "true");
    }
  }
}
