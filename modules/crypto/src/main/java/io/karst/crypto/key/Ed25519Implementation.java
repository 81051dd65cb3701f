package io.karst.crypto.key;

import java.security.Provider;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Which implementation of Ed25519 this process uses: BouncyCastle's, or a faster native one.
 *
 * <p>The native one is Amazon Corretto Crypto Provider's. It is used when it is on the class path,
 * loads on this platform and passes a test of its own, which is found out at the first signature;
 * else BouncyCastle is. Both give the same answers, so nothing but time depends on it.
 */
public final class Ed25519Implementation {

  /**
   * System property that is read once, before the first signature: {@value #OFF} keeps to
   * BouncyCastle.
   */
  public static final String SETTING = "karst.crypto.native";

  /** The value of {@link #SETTING} that forbids native code. */
  public static final String OFF = "off";

  private static final String PROVIDER =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private static final Ed25519Implementation CHOSEN =
      chosen(System.getProperty(SETTING, ""), Ed25519Implementation::onTheClassPath);

  private final Ed25519Engine engine;
  private final String text;

  private Ed25519Implementation(Ed25519Engine engine, String text) {
    this.engine = engine;
    this.text = text;
  }

  /** Name and version of what is used, and if it is BouncyCastle, why: a line for operators. */
  public static String inUse() {
    return CHOSEN.text;
  }

  static Ed25519Engine engine() {
    return CHOSEN.engine;
  }

  /** Looks for a provider; may fail in any way that loading foreign code can. */
  @FunctionalInterface
  interface Search {
    Optional<Provider> find();
  }

  /** What the setting and the search come to. */
  static Ed25519Implementation chosen(String setting, Search search) {
    if (setting.equals(OFF)) {
      return portable("native code is switched off");
    }
    try {
      Optional<Provider> found = search.find();
      if (found.isEmpty()) {
        return portable("no native provider is on the class path");
      }
      var candidate = new NativeEd25519(found.get());
      return SelfTest.passes(candidate)
          ? new Ed25519Implementation(candidate, candidate.text())
          : portable(candidate.text() + " does not pass its test");
    } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
      return portable("the native provider does not load: " + e.getClass().getSimpleName());
    }
  }

  private static Ed25519Implementation portable(String why) {
    var engine = PortableEd25519.INSTANCE;
    return new Ed25519Implementation(engine, engine.text() + " (" + why + ")");
  }

  /** Others are not even instantiated. */
  static Optional<Provider> onTheClassPath() {
    return ServiceLoader.load(Provider.class, Ed25519Implementation.class.getClassLoader()).stream()
        .filter(found -> found.type().getName().equals(PROVIDER))
        .findFirst()
        .map(ServiceLoader.Provider::get);
  }

  Ed25519Engine chosenEngine() {
    return engine;
  }

  @Override
  public String toString() {
    return text;
  }
}
