package io.karst.client.session;

import io.karst.crypto.error.CryptoException;
import io.karst.crypto.megolm.ExportedSessionKey;
import io.karst.domain.id.DeviceAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Keys of past epochs as one device gives them to another (docs/protocol.md, "Shared keys").
 *
 * @param group whose they are, 32 characters
 */
public record KeyBundle(String group, List<Given> keys) {

  /** So many fit into one share, with the longest names. */
  public static final int KEYS_MAX = 100;

  private static final int ENTRY_LENGTH_MAX = Long.BYTES + 2 * (1 + 64) + ExportedSessionKey.LENGTH;

  private static final int HEADER_LENGTH = 32 + 1;

  /** One sender's session, from an index on. */
  public record Given(long epoch, DeviceAddress sender, ExportedSessionKey key) {}

  public KeyBundle {
    keys = List.copyOf(keys);
    if (keys.size() > KEYS_MAX || group.length() != 32) {
      throw new IllegalArgumentException("at most " + KEYS_MAX + " keys of one group");
    }
  }

  /** Unpadded base64, so that peers whose Olm plaintext is a string can open it; to be wiped. */
  public byte[] toText() {
    ByteBuffer buffer = ByteBuffer.allocate(HEADER_LENGTH + keys.size() * ENTRY_LENGTH_MAX);
    buffer.put(group.getBytes(StandardCharsets.US_ASCII)).put((byte) keys.size());
    for (Given given : keys) {
      buffer.putLong(given.epoch());
      put(buffer, given.sender().member().value());
      put(buffer, given.sender().device().value());
      byte[] key = given.key().bytes();
      buffer.put(key);
      Arrays.fill(key, (byte) 0);
    }
    byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
    byte[] text = Base64.getEncoder().withoutPadding().encode(bytes);
    Arrays.fill(bytes, (byte) 0);
    Arrays.fill(buffer.array(), (byte) 0);
    return text;
  }

  /** Throws {@link IllegalArgumentException} for what is no bundle. */
  public static KeyBundle parse(byte[] text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    try {
      return parse(ByteBuffer.wrap(bytes));
    } catch (BufferUnderflowException | CryptoException e) {
      throw new IllegalArgumentException("no bundle of keys", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static KeyBundle parse(ByteBuffer buffer) throws CryptoException {
    String group = text(buffer, 32);
    int count = Byte.toUnsignedInt(buffer.get());
    List<Given> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long epoch = buffer.getLong();
      DeviceAddress sender = DeviceAddress.of(
          text(buffer, Byte.toUnsignedInt(buffer.get())),
          text(buffer, Byte.toUnsignedInt(buffer.get())));
      byte[] key = new byte[ExportedSessionKey.LENGTH];
      buffer.get(key);
      keys.add(new Given(epoch, sender, ExportedSessionKey.fromBytes(key)));
      Arrays.fill(key, (byte) 0);
    }
    return new KeyBundle(group, keys);
  }

  private static void put(ByteBuffer buffer, String name) {
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    buffer.put((byte) ascii.length).put(ascii);
  }

  private static String text(ByteBuffer buffer, int length) {
    byte[] ascii = new byte[length];
    buffer.get(ascii);
    return new String(ascii, StandardCharsets.US_ASCII);
  }
}
