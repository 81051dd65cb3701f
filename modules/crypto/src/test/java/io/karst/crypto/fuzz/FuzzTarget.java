package io.karst.crypto.fuzz;

import com.sun.management.ThreadMXBean;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.fuzz.Decoders.Decoder;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/** What Jazzer calls: the first byte chooses the decoder, the rest is its input. */
public final class FuzzTarget {

  /** What one input may cost, however long it says it is. */
  static final long ALLOCATION_MAX = 8L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final List<Decoder> DECODERS = decoders();

  private FuzzTarget() {}

  /** Called before all inputs: what is made once must not count for the first of them. */
  public static void fuzzerInitialize() {
    for (int i = 0; i < DECODERS.size(); i++) {
      feed(seed(i));
    }
  }

  /** Throws if anything does not hold. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    feed(input);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (allocated > ALLOCATION_MAX) {
      throw new AssertionError(chosen(input).name() + " allocated " + allocated + " bytes");
    }
  }

  private static void feed(byte[] input) {
    accepts(chosen(input), Arrays.copyOfRange(input, 1, input.length));
  }

  private static Decoder chosen(byte[] input) {
    return DECODERS.get((input[0] & 0xff) % DECODERS.size());
  }

  static boolean accepts(Decoder decoder, byte[] input) {
    try {
      decoder.probe().feed(input);
      return true;
    } catch (CryptoException refused) {
      return false;
    }
  }

  /** The seed of a decoder, with the byte in front that chooses it. */
  static byte[] seed(int place) {
    try {
      byte[] bytes = DECODERS.get(place).seed().bytes();
      byte[] input = new byte[bytes.length + 1];
      input[0] = (byte) place;
      System.arraycopy(bytes, 0, input, 1, bytes.length);
      return input;
    } catch (CryptoException e) {
      throw new AssertionError(e);
    }
  }

  static List<Decoder> all() {
    return DECODERS;
  }

  private static List<Decoder> decoders() {
    try {
      return new Decoders().all();
    } catch (CryptoException e) {
      throw new AssertionError(e);
    }
  }
}
