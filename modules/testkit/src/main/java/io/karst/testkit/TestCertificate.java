package io.karst.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A fresh key with a certificate that it signed itself, for {@code localhost}; made with the JDK's
 * own tool.
 *
 * @param certificate PEM; also the authority that a peer must trust
 * @param key PEM, PKCS#8
 */
public record TestCertificate(Path certificate, Path key) {

  private static final char[] PASSWORD = "only-for-tests".toCharArray();

  /** Makes both files in a folder. */
  public static TestCertificate in(Path folder, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve(name + ".p12");
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made = new ProcessBuilder(
            tool.toString(),
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=" + name,
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            store.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    assertThat(made.waitFor()).as("exit code of keytool").isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    return new TestCertificate(
        pem(
            folder.resolve(name + "-chain.pem"),
            "CERTIFICATE",
            keys.getCertificate(name).getEncoded()),
        pem(
            folder.resolve(name + "-key.pem"),
            "PRIVATE KEY",
            keys.getKey(name, PASSWORD).getEncoded()));
  }

  private static Path pem(Path file, String kind, byte[] content) throws IOException {
    var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return Files.writeString(
        file,
        "-----BEGIN " + kind + "-----\n" + lines.encodeToString(content) + "\n-----END " + kind
            + "-----\n");
  }
}
