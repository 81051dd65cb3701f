package io.karst.domain.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.refusal.Reason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "A-Z.0_9@x", "alice@example.org", "-"})
  void takesNames(String name) {
    assertThat(new MemberId(name)).hasToString(name);
    assertThat(new DeviceId(name)).hasToString(name);
    assertThat(DeviceAddress.of(name, name)).hasToString(name + "/" + name);
  }

  static Stream<Arguments> badNames() {
    return Stream.of(
        arguments("", Reason.ID_EMPTY),
        arguments("x".repeat(65), Reason.ID_TOO_LONG),
        arguments("a b", Reason.ID_INVALID),
        arguments("a/b", Reason.ID_INVALID),
        arguments("ä", Reason.ID_INVALID),
        arguments("\u0430lice", Reason.ID_INVALID),
        arguments("a\u0000", Reason.ID_INVALID),
        arguments("[", Reason.ID_INVALID),
        arguments("`", Reason.ID_INVALID),
        arguments("{", Reason.ID_INVALID),
        arguments(":", Reason.ID_INVALID));
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void refusesOtherNames(String name, Reason reason) {
    assertThat(catchThrowableOfType(InvalidId.class, () -> new MemberId(name)).reason())
        .isEqualTo(reason);
    assertThat(catchThrowableOfType(InvalidId.class, () -> new DeviceId(name)).reason())
        .isEqualTo(reason);
  }

  @Test
  void repeatsNothingOfABadName() {
    assertThat(catchThrowableOfType(InvalidId.class, () -> new MemberId("se cret")))
        .hasMessageNotContaining("se cret");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64})
  void takesNamesUpToTheLimit(int length) {
    assertThat(new MemberId("x".repeat(length)).value()).hasSize(length);
    assertThat(clientId(length).value().length()).isEqualTo(length);
  }

  @Test
  void takesGroupIdsOfExactlyThirtyTwoLowerCaseDigits() {
    assertThat(new GroupId("0123456789abcdef".repeat(2)))
        .hasToString("0123456789abcdef0123456789abcdef");
    assertThat(groupIdReason("")).isEqualTo(Reason.ID_EMPTY);
    assertThat(groupIdReason("a".repeat(31))).isEqualTo(Reason.ID_INVALID);
    assertThat(groupIdReason("a".repeat(33))).isEqualTo(Reason.ID_TOO_LONG);
    assertThat(groupIdReason("A".repeat(32))).isEqualTo(Reason.ID_INVALID);
    assertThat(groupIdReason("g".repeat(32))).isEqualTo(Reason.ID_INVALID);
    assertThat(groupIdReason("/".repeat(32))).isEqualTo(Reason.ID_INVALID);
    assertThat(groupIdReason(":".repeat(32))).isEqualTo(Reason.ID_INVALID);
    assertThat(groupIdReason("`".repeat(32))).isEqualTo(Reason.ID_INVALID);
  }

  @Test
  void refusesClientIdsOutOfBounds() {
    assertThat(catchThrowableOfType(InvalidId.class, () -> clientId(0)).reason())
        .isEqualTo(Reason.ID_EMPTY);
    assertThat(catchThrowableOfType(InvalidId.class, () -> clientId(65)).reason())
        .isEqualTo(Reason.ID_TOO_LONG);
  }

  @Test
  void ordersDevicesByMemberFirst() {
    assertThat(List.of(
            DeviceAddress.of("A", "z"),
            DeviceAddress.of("a", "a"),
            DeviceAddress.of("a", "b"),
            DeviceAddress.of("a.b", "a"),
            DeviceAddress.of("b", "A")))
        .isSorted();
    assertThat(new GroupId("0".repeat(32))).isLessThan(new GroupId("f".repeat(32)));
  }

  private static Reason groupIdReason(String value) {
    return catchThrowableOfType(InvalidId.class, () -> new GroupId(value)).reason();
  }

  private static ClientId clientId(int length) {
    return new ClientId(Bytes.copyOf(new byte[length]));
  }
}
