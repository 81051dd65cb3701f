package io.karst.client.wire;

import io.karst.client.api.BadAnswer;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Role;
import io.karst.domain.history.History;

/** Roles, rotation reasons, and what is shared of the past. */
public final class EnumWire {

  private EnumWire() {}

  public static Role role(io.karst.wire.v1.Role wire) {
    return switch (wire) {
      case ROLE_MEMBER -> Role.MEMBER;
      case ROLE_ADMIN -> Role.ADMIN;
      case ROLE_OWNER -> Role.OWNER;
      case ROLE_UNSPECIFIED, UNRECOGNIZED ->
        throw new BadAnswer("the server's answer holds an unknown role");
    };
  }

  public static io.karst.wire.v1.Role role(Role role) {
    return switch (role) {
      case MEMBER -> io.karst.wire.v1.Role.ROLE_MEMBER;
      case ADMIN -> io.karst.wire.v1.Role.ROLE_ADMIN;
      case OWNER -> io.karst.wire.v1.Role.ROLE_OWNER;
    };
  }

  public static RotationReason reason(io.karst.wire.v1.RotationReason wire) {
    return switch (wire) {
      case ROTATION_REASON_CREATED -> RotationReason.CREATED;
      case ROTATION_REASON_MEMBER_JOINED -> RotationReason.MEMBER_JOINED;
      case ROTATION_REASON_MEMBER_LEFT -> RotationReason.MEMBER_LEFT;
      case ROTATION_REASON_MEMBER_REMOVED -> RotationReason.MEMBER_REMOVED;
      case ROTATION_REASON_MANUAL -> RotationReason.MANUAL;
      case ROTATION_REASON_COMPROMISE -> RotationReason.COMPROMISE;
      case ROTATION_REASON_AGE -> RotationReason.AGE;
      case ROTATION_REASON_VOLUME -> RotationReason.VOLUME;
      case ROTATION_REASON_DEVICE_ADDED -> RotationReason.DEVICE_ADDED;
      case ROTATION_REASON_DEVICE_REMOVED -> RotationReason.DEVICE_REMOVED;
      case ROTATION_REASON_RESET -> RotationReason.RESET;
      case ROTATION_REASON_UNSPECIFIED, UNRECOGNIZED ->
        throw new BadAnswer("the server's answer holds an unknown rotation reason");
    };
  }

  public static io.karst.wire.v1.RotationReason reason(RotationReason reason) {
    return switch (reason) {
      case CREATED -> io.karst.wire.v1.RotationReason.ROTATION_REASON_CREATED;
      case MEMBER_JOINED -> io.karst.wire.v1.RotationReason.ROTATION_REASON_MEMBER_JOINED;
      case MEMBER_LEFT -> io.karst.wire.v1.RotationReason.ROTATION_REASON_MEMBER_LEFT;
      case MEMBER_REMOVED -> io.karst.wire.v1.RotationReason.ROTATION_REASON_MEMBER_REMOVED;
      case MANUAL -> io.karst.wire.v1.RotationReason.ROTATION_REASON_MANUAL;
      case COMPROMISE -> io.karst.wire.v1.RotationReason.ROTATION_REASON_COMPROMISE;
      case AGE -> io.karst.wire.v1.RotationReason.ROTATION_REASON_AGE;
      case VOLUME -> io.karst.wire.v1.RotationReason.ROTATION_REASON_VOLUME;
      case DEVICE_ADDED -> io.karst.wire.v1.RotationReason.ROTATION_REASON_DEVICE_ADDED;
      case DEVICE_REMOVED -> io.karst.wire.v1.RotationReason.ROTATION_REASON_DEVICE_REMOVED;
      case RESET -> io.karst.wire.v1.RotationReason.ROTATION_REASON_RESET;
    };
  }

  /** An older server says nothing of history: there is none. */
  static History history(io.karst.wire.v1.History wire) {
    return switch (wire) {
      case HISTORY_UNSPECIFIED, HISTORY_NONE -> History.NONE;
      case HISTORY_FROM_INDEX -> History.FROM_INDEX;
      case HISTORY_WHOLE -> History.WHOLE;
      case UNRECOGNIZED -> throw new BadAnswer("the server's answer holds an unknown history");
    };
  }

  static io.karst.wire.v1.History history(History history) {
    return switch (history) {
      case NONE -> io.karst.wire.v1.History.HISTORY_NONE;
      case FROM_INDEX -> io.karst.wire.v1.History.HISTORY_FROM_INDEX;
      case WHOLE -> io.karst.wire.v1.History.HISTORY_WHOLE;
    };
  }
}
