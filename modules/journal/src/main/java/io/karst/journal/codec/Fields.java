package io.karst.journal.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.AccountRole;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Role;
import io.karst.domain.history.History;
import io.karst.domain.id.DeviceAddress;
import io.karst.journal.v1.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Single values to and from protobuf fields, and the path of the one that is corrupt. */
final class Fields {

  private Fields() {}

  /** Reads a field; whatever its value breaks becomes a {@link CorruptRecord} that names it. */
  static <T> T read(String field, Supplier<T> value) {
    try {
      return value.get();
    } catch (CorruptRecord inner) {
      throw new CorruptRecord(field + "." + inner.field(), inner.problem(), inner);
    } catch (IllegalArgumentException e) {
      throw corrupt(field, e);
    }
  }

  /** Reads the {@code count} elements of a repeated field, each by its index. */
  static <T> List<T> readAll(String field, int count, IntFunction<T> element) {
    var read = new ArrayList<T>(count);
    for (int i = 0; i < count; i++) {
      try {
        read.add(element.apply(i));
      } catch (CorruptRecord inner) {
        String path = field + "[" + i + "]." + inner.field();
        throw new CorruptRecord(path, inner.problem(), inner);
      } catch (IllegalArgumentException e) {
        throw corrupt(field + "[" + i + "]", e);
      }
    }
    return read;
  }

  static CorruptRecord corrupt(String field, Exception cause) {
    String message = cause.getMessage();
    return new CorruptRecord(field, message == null ? cause.toString() : message, cause);
  }

  static ByteString bytes(Bytes value) {
    return UnsafeByteOperations.unsafeWrap(value.toArray());
  }

  static Bytes bytes(ByteString value) {
    return Bytes.copyOf(value.asReadOnlyByteBuffer());
  }

  /** Milliseconds since 1970. A finer time would come back as another one, so it is refused. */
  static long millis(Instant time) {
    long millis = time.toEpochMilli();
    if (millis < 0 || !Instant.ofEpochMilli(millis).equals(time)) {
      throw new IllegalArgumentException("a stored time has whole milliseconds since 1970");
    }
    return millis;
  }

  static Instant time(long millis) {
    return Instant.ofEpochMilli(notNegative(millis));
  }

  static long notNegative(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("a number is above 2^63 - 1");
    }
    return number;
  }

  static Actor actor(DeviceAddress address) {
    return Actor.newBuilder()
        .setMemberId(address.member().value())
        .setDeviceId(address.device().value())
        .build();
  }

  static DeviceAddress address(Actor actor) {
    return DeviceAddress.of(actor.getMemberId(), actor.getDeviceId());
  }

  static Role role(int number) {
    return numbered(Role.values(), Role::number, number);
  }

  static AccountRole accountRole(int number) {
    return numbered(AccountRole.values(), AccountRole::number, number);
  }

  static RotationReason reason(int number) {
    return numbered(RotationReason.values(), RotationReason::number, number);
  }

  static History history(int number) {
    return numbered(History.values(), History::number, number);
  }

  private static <E> E numbered(E[] values, ToIntFunction<E> numberOf, int number) {
    return Arrays.stream(values)
        .filter(value -> numberOf.applyAsInt(value) == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown number " + number));
  }
}
