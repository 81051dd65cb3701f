package io.karst.edge.status;

import com.google.protobuf.Message;
import io.karst.domain.refusal.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a call fails, with the facts and messages that help the caller to go on.
 *
 * @param facts what {@code ErrorInfo.metadata} carries: names and numbers, never text of an
 *     exception
 * @param details further messages for the status
 */
public record Refusal(Reason reason, Map<String, String> facts, List<Message> details) {

  /** Name of the fact that says which field is wrong. */
  public static final String FIELD = "field";

  public Refusal {
    facts = Map.copyOf(facts);
    details = List.copyOf(details);
  }

  public static Refusal of(Reason reason) {
    return new Refusal(reason, Map.of(), List.of());
  }

  /** A refusal of one field, named as in the proto file; nested ones with dots. */
  public static Refusal ofField(Reason reason, String field) {
    return new Refusal(reason, Map.of(FIELD, field), List.of());
  }

  Refusal inside(String outer) {
    String inner = facts.get(FIELD);
    var named = new HashMap<>(facts);
    named.put(FIELD, inner == null || inner.isEmpty() ? outer : outer + "." + inner);
    return new Refusal(reason, named, details);
  }

  public RefusedException toException() {
    return new RefusedException(this);
  }
}
