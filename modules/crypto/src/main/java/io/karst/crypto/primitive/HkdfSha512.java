package io.karst.crypto.primitive;

import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF with SHA-512 (RFC 5869) by BouncyCastle, without a salt. */
public final class HkdfSha512 {

  private HkdfSha512() {}

  /** Derives {@code length} bytes, at most 16,320. */
  public static byte[] derive(byte[] inputKey, byte[] info, int length) {
    HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA512Digest());
    generator.init(new HKDFParameters(inputKey, null, info));
    byte[] output = new byte[length];
    generator.generateBytes(output, 0, length);
    return output;
  }
}
