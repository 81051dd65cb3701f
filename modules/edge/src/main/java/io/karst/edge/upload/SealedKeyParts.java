package io.karst.edge.upload;

import com.google.protobuf.Message;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.group.GroupEvent.SealedKeysStaged;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.MessageLimits;
import io.karst.edge.status.Refusal;
import io.karst.wire.v1.CommitPart;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.CreateGroupPart;
import io.karst.wire.v1.CreateGroupRequest;
import io.karst.wire.v1.SealedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The request that comes first, and the sealed keys that follow it.
 *
 * <p>Invariant: together at most as many bytes as a request may have in one message.
 */
final class SealedKeyParts<Q extends Message> {

  private static final String KEYS = "sealed_keys";

  private final String field;
  private final List<SealedKey> keys = new ArrayList<>();
  private Optional<Q> request = Optional.empty();
  private long bytes;

  private SealedKeyParts(String field) {
    this.field = field;
  }

  static Parts<CommitPart, CommitRequest> commit() {
    var parts = new SealedKeyParts<CommitRequest>("commit");
    return new Parts<>() {
      @Override
      public void add(CommitPart part) {
        parts.count(part);
        switch (part.getPartCase()) {
          case COMMIT -> parts.begin(part.getCommit(), part.getCommit().getSealedKeysCount());
          case SEALED_KEYS -> parts.follow(part.getSealedKeys().getSealedKeysList());
          case PART_NOT_SET -> throw parts.missing();
        }
      }

      @Override
      public CommitRequest whole() {
        return parts.first().toBuilder().addAllSealedKeys(parts.keys).build();
      }
    };
  }

  static Parts<CreateGroupPart, CreateGroupRequest> creation() {
    var parts = new SealedKeyParts<CreateGroupRequest>("create");
    return new Parts<>() {
      @Override
      public void add(CreateGroupPart part) {
        parts.count(part);
        switch (part.getPartCase()) {
          case CREATE -> parts.begin(part.getCreate(), part.getCreate().getSealedKeysCount());
          case SEALED_KEYS -> parts.follow(part.getSealedKeys().getSealedKeysList());
          case PART_NOT_SET -> throw parts.missing();
        }
      }

      @Override
      public CreateGroupRequest whole() {
        return parts.first().toBuilder().addAllSealedKeys(parts.keys).build();
      }
    };
  }

  private void count(Message part) {
    bytes += part.getSerializedSize();
    if (bytes > MessageLimits.REQUEST_BYTES_MAX) {
      throw MessageLimits.tooLarge().toException();
    }
  }

  private void begin(Q first, int keysInside) {
    if (request.isPresent()) {
      throw Refusal.ofField(Reason.FIELD_INVALID, field).toException();
    }
    if (keysInside > SealedKeysStaged.KEYS_MAX) {
      throw Refusal.ofField(Reason.TOO_MANY_ITEMS, field + "." + KEYS).toException();
    }
    request = Optional.of(first);
  }

  private void follow(List<SealedKey> more) {
    first();
    if (more.isEmpty()) {
      throw Refusal.ofField(Reason.FIELD_MISSING, KEYS).toException();
    }
    boolean fits = more.size() <= SealedKeysStaged.KEYS_MAX
        && keys.size() + more.size() <= Manifest.ROSTER_MAX;
    if (!fits) {
      throw Refusal.ofField(Reason.TOO_MANY_ITEMS, KEYS).toException();
    }
    keys.addAll(more);
  }

  private Q first() {
    return request.orElseThrow(this::missing);
  }

  private RuntimeException missing() {
    return Refusal.ofField(Reason.FIELD_MISSING, field).toException();
  }
}
