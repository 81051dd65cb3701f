package io.karst.client.memory;

import io.karst.client.api.LocalMistake;
import io.karst.client.store.OwnerOnly;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.pickle.PickleKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key that encrypts a store's secrets, in a PKCS#12 key store (RFC 7292) under a password. */
public final class KeyFile {

  private static final String ALIAS = "karst";

  private KeyFile() {}

  /** Draws a key and writes the file; it is there as a whole or not at all. */
  public static PickleKey create(Path file, char[] password, RandomBytes random) {
    byte[] bytes = random.next(PickleKey.LENGTH);
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, password);
      keys.setEntry(
          ALIAS,
          new KeyStore.SecretKeyEntry(new SecretKeySpec(bytes, "AES")),
          new KeyStore.PasswordProtection(password));
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(draft);
      OwnerOnly.create(draft);
      try (OutputStream out = Files.newOutputStream(draft)) {
        keys.store(out, password);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      return PickleKey.fromBytes(bytes);
    } catch (GeneralSecurityException | KeyRejectedException e) {
      throw new IllegalStateException("every JDK writes PKCS#12", e);
    } catch (IOException e) {
      throw new LocalMistake(
          LocalMistake.Kind.STORE_FAILED, "the key store cannot be written: " + file, e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Reads the key. */
  public static PickleKey open(Path file, char[] password) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      return key(keys, password);
    } catch (IOException e) {
      throw e.getCause() instanceof UnrecoverableKeyException
          ? new LocalMistake(LocalMistake.Kind.WRONG_PASSWORD, "the password does not open " + file)
          : new LocalMistake(
              LocalMistake.Kind.STORE_UNREADABLE, "the key store cannot be read: " + file, e);
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  private static PickleKey key(KeyStore keys, char[] password) throws GeneralSecurityException {
    if (!(keys.getKey(ALIAS, password) instanceof SecretKey secret)) {
      throw unusable(new UnrecoverableKeyException("no entry " + ALIAS));
    }
    byte[] bytes = secret.getEncoded();
    try {
      return PickleKey.fromBytes(bytes);
    } catch (KeyRejectedException e) {
      throw unusable(e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static LocalMistake unusable(Exception e) {
    return new LocalMistake(
        LocalMistake.Kind.STORE_UNREADABLE, "the key store does not hold the store's key", e);
  }
}
