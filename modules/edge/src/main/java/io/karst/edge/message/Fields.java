package io.karst.edge.message;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.InvalidId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads single fields; each refusal names its field as the proto file does. */
public final class Fields {

  /** Bytes of an Ed25519 signature. */
  public static final int SIGNATURE_LENGTH = 64;

  /** Bytes of a SHA-256 hash, and of an Ed25519 or Curve25519 public key. */
  public static final int HASH_LENGTH = 32;

  private Fields() {}

  public static MemberId memberId(String field, String value) {
    return id(field, () -> new MemberId(value));
  }

  public static DeviceId deviceId(String field, String value) {
    return id(field, () -> new DeviceId(value));
  }

  public static GroupId groupId(String value) {
    return id("group_id", () -> new GroupId(value));
  }

  /** The fields {@code member_id} and {@code device_id} of one message. */
  public static DeviceAddress address(String member, String device) {
    return new DeviceAddress(memberId("member_id", member), deviceId("device_id", device));
  }

  static ClientId clientId(ByteString value) {
    Bytes bytes = bytes(value);
    return id("client_id", () -> new ClientId(bytes));
  }

  /** A required field of exactly so many bytes. */
  public static Bytes exactly(int length, String field, ByteString value) {
    if (value.isEmpty()) {
      throw missing(field);
    }
    if (value.size() != length) {
      throw invalid(field);
    }
    return bytes(value);
  }

  /** A required field of at most so many bytes. */
  public static Bytes upTo(int max, String field, ByteString value) {
    if (value.isEmpty()) {
      throw missing(field);
    }
    if (value.size() > max) {
      throw invalid(field);
    }
    return bytes(value);
  }

  /** A required text of at most so many characters. */
  public static String text(int max, String field, String value) {
    if (value.isEmpty()) {
      throw missing(field);
    }
    if (value.length() > max) {
      throw invalid(field);
    }
    return value;
  }

  /**
   * A number of at least {@code least}. What is above 2^63 reads as negative, and is refused like
   * it.
   */
  public static long atLeast(long least, String field, long value) {
    if (value < least) {
      throw value == 0 ? missing(field) : invalid(field);
    }
    return value;
  }

  /** A number from 0 to 2^63 - 1. */
  public static long natural(String field, long value) {
    if (value < 0) {
      throw invalid(field);
    }
    return value;
  }

  /** A field that holds a message. */
  public static void present(String field, boolean present) {
    if (!present) {
      throw missing(field);
    }
  }

  /** A list with not too many elements, each read by {@code element}. */
  public static <M, T> List<T> list(
      String field, int max, List<M> messages, Function<M, T> element) {
    if (messages.size() > max) {
      throw Refusal.ofField(Reason.TOO_MANY_ITEMS, field).toException();
    }
    var values = new ArrayList<T>(messages.size());
    for (M message : messages) {
      try {
        values.add(element.apply(message));
      } catch (RefusedException e) {
        throw e.inside(field + "[" + values.size() + "]");
      }
    }
    return values;
  }

  /** A list with at least one element. */
  public static <M, T> List<T> nonEmpty(
      String field, int max, List<M> messages, Function<M, T> element) {
    present(field, !messages.isEmpty());
    return list(field, max, messages, element);
  }

  /** A field that is read as a whole; refusals inside name it first. */
  static <T> T inside(String field, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (RefusedException e) {
      throw e.inside(field);
    }
  }

  /**
   * Builds a value whose parts are valid one by one; the reason is for parts that do not fit each
   * other, which the domain's constructors refuse.
   */
  static <T> T fitting(Reason otherwise, Supplier<T> construction) {
    try {
      return construction.get();
    } catch (InvalidId e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new RefusedException(otherwise);
    }
  }

  public static Bytes bytes(ByteString value) {
    return Bytes.copyOf(value.asReadOnlyByteBuffer());
  }

  public static ByteString bytes(Bytes value) {
    return UnsafeByteOperations.unsafeWrap(value.toArray());
  }

  static RefusedException missing(String field) {
    return Refusal.ofField(Reason.FIELD_MISSING, field).toException();
  }

  static RefusedException invalid(String field) {
    return Refusal.ofField(Reason.FIELD_INVALID, field).toException();
  }

  private static <T> T id(String field, Supplier<T> parsing) {
    try {
      return parsing.get();
    } catch (InvalidId e) {
      throw Refusal.ofField(e.reason(), field).toException();
    }
  }
}
