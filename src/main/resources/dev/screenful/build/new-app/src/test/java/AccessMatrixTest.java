package {{package}};

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.kit.AccessMatrixTests;
import dev.screenful.kit.Phone;
import {{package}}.local.{{name}}Bench;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who may read and change what. */
final class AccessMatrixTest extends AccessMatrixTests {

  @Override
  protected Map<String, Phone> callers() {
    RequestStreamHandler handler = {{name}}Bench.shared().trusting();
    Map<String, Phone> callers = new LinkedHashMap<>();
    callers.put("anonymous", {{name}}Bench.shared().stranger());
    callers.put("owner", Phone.of(handler, "user-1"));
    callers.put("other", Phone.of(handler, "matrix-other"));
    return callers;
  }

  @Override
  protected Map<String, String> queriesByType() {
    return Map.of(
        "Note", "{ notes { edges { node { % } } } }",
        "NoteConnection", "{ notes { % } }",
        "NoteEdge", "{ notes { edges { % } } }",
        "PageInfo", "{ notes { pageInfo { % } } }");
  }

  @Override
  protected Map<String, String> queries() {
    return Map.of("notes", "notes");
  }

  @Override
  protected Map<String, String> mutations() {
    return Map.of("addNote", "addNote(input: {requestId: \"ID\", text: \"From the matrix\"})");
  }
}
