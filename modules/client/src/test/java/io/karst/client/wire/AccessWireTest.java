package io.karst.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.client.api.BadAnswer;
import io.karst.domain.access.KeyState;
import io.karst.domain.access.UnreadableReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessWireTest {

  @ParameterizedTest
  @EnumSource(UnreadableReason.class)
  void everyReasonHasItsNumberAndNameOnTheWire(UnreadableReason reason) {
    var wire = io.karst.wire.v1.UnreadableReason.forNumber(reason.number());
    assertThat(wire.name()).isEqualTo("UNREADABLE_REASON_" + reason.name());
    assertThat(AccessWire.reason(wire)).isEqualTo(reason);
  }

  @ParameterizedTest
  @EnumSource(KeyState.class)
  void everyStateOfAKeyHasItsNumberAndNameOnTheWire(KeyState state) {
    var wire = io.karst.wire.v1.KeyState.forNumber(state.number());
    assertThat(wire.name()).isEqualTo("KEY_STATE_" + state.name());
    assertThat(AccessWire.keyState(wire)).isEqualTo(state);
    assertThat(io.karst.wire.v1.KeyState.values()).hasSize(KeyState.values().length + 2);
  }

  @Test
  void theWireKnowsNoFurtherReason() {
    // The zero value and the parser's own stand for none.
    assertThat(io.karst.wire.v1.UnreadableReason.values())
        .hasSize(UnreadableReason.values().length + 2);
    assertThatThrownBy(() ->
            AccessWire.reason(io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_UNSPECIFIED))
        .isInstanceOf(BadAnswer.class);
  }
}
