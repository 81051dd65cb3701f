package io.karst.crypto.megolm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.karst.crypto.Vectors;
import io.karst.crypto.key.SecretAccess;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ratchet positions that libolm and vodozemac computed. */
class RatchetVectorsTest {

  private static final SecretAccess ACCESS = SecretAccess.forPickling();

  static Stream<JsonObject> vectors() {
    return Vectors.objects(Vectors.file("megolm-ratchet.json").get("vectors"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void eachPositionIsReachedFromTheStartAndFromTheOneBefore(JsonObject vector) {
    Ratchet initial = initial(vector);
    Ratchet walking = initial(vector);

    for (JsonObject step : Vectors.objects(vector.get("steps")).toList()) {
      long index = Vectors.number(step, "index");
      byte[] expected = Vectors.hex(step, "ratchet_hex");
      Ratchet jumping = initial.copy();
      jumping.advanceTo(index);
      walking.advanceTo(index);
      assertThat(jumping.bytes(ACCESS)).as("jump to %d", index).isEqualTo(expected);
      assertThat(walking.bytes(ACCESS)).as("walk to %d", index).isEqualTo(expected);
      assertThat(walking.index()).isEqualTo(index);
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void singleStepsLeadWhereOneJumpLeads(JsonObject vector) {
    Ratchet stepping = initial(vector);

    for (JsonObject step : Vectors.objects(vector.get("steps")).toList()) {
      long index = Vectors.number(step, "index");
      if (index > 70_000) {
        break;
      }
      while (stepping.index() < index) {
        stepping.advance();
      }
      assertThat(stepping.bytes(ACCESS)).isEqualTo(Vectors.hex(step, "ratchet_hex"));
    }
  }

  private static Ratchet initial(JsonObject vector) {
    return Ratchet.at(
        Vectors.number(vector, "initial_index"), Vectors.hex(vector, "initial_ratchet_hex"));
  }
}
