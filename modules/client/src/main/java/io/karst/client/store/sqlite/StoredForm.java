package io.karst.client.store.sqlite;

import com.google.protobuf.InvalidProtocolBufferException;
import io.karst.client.wire.DeviceWire;
import io.karst.client.wire.EnvelopeWire;
import io.karst.client.wire.EpochWire;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Envelope;
import io.karst.proof.merkle.Frontier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Public values are stored as the API's own messages, which stay readable as long as the API does.
 */
final class StoredForm {

  private static final int HASH_LENGTH = 32;

  private StoredForm() {}

  static Bytes deviceList(DeviceList list) {
    return Bytes.copyOf(DeviceWire.deviceList(list).toByteArray());
  }

  static DeviceList deviceList(Bytes stored) {
    return DeviceWire.deviceList(
        parse(() -> io.karst.wire.v1.DeviceList.parseFrom(stored.toArray())));
  }

  static Bytes manifest(SignedManifest manifest) {
    return Bytes.copyOf(EpochWire.manifest(manifest).toByteArray());
  }

  static SignedManifest manifest(Bytes stored) {
    return EpochWire.manifest(parse(() -> io.karst.wire.v1.Manifest.parseFrom(stored.toArray())));
  }

  static Bytes envelope(Envelope envelope) {
    return Bytes.copyOf(EnvelopeWire.envelope(envelope).toByteArray());
  }

  static Envelope envelope(Bytes stored) {
    return EnvelopeWire.envelope(
        parse(() -> io.karst.wire.v1.Envelope.parseFrom(stored.toArray())));
  }

  /** The peaks of a tree, 32 bytes each. */
  static Bytes tree(Frontier tree) {
    byte[] peaks = new byte[tree.peaks().size() * HASH_LENGTH];
    for (int i = 0; i < tree.peaks().size(); i++) {
      tree.peaks().get(i).copyTo(peaks, i * HASH_LENGTH);
    }
    return Bytes.copyOf(peaks);
  }

  static Frontier tree(long size, Bytes peaks) {
    byte[] stored = peaks.toArray();
    List<Bytes> hashes = new ArrayList<>();
    for (int from = 0; from + HASH_LENGTH <= stored.length; from += HASH_LENGTH) {
      hashes.add(Bytes.copyOf(Arrays.copyOfRange(stored, from, from + HASH_LENGTH)));
    }
    return new Frontier(size, hashes);
  }

  /** Parsing that may fail. */
  private interface Parsing<T> {
    T run() throws InvalidProtocolBufferException;
  }

  private static <T> T parse(Parsing<T> parsing) {
    try {
      return parsing.run();
    } catch (InvalidProtocolBufferException e) {
      throw StoreFailure.unreadable("the store holds a damaged row", e);
    }
  }
}
