package io.karst.client;

import java.nio.file.Path;
import java.util.Optional;

/** How the connection to the server is protected. */
public sealed interface Tls {

  <R> R match(Cases<R> cases);

  /**
   * TLS 1.2 or later.
   *
   * @param trusted certificates of the authorities to trust, PEM; without it those that the Java
   *     installation trusts
   * @param own this client's certificate, where the server asks for one
   */
  record Verified(Optional<Path> trusted, Optional<OwnCertificate> own) implements Tls {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.verified(this);
    }
  }

  /**
   * No TLS: tokens and headers can be read on the way, messages cannot.
   *
   * @param anywhere false: to loopback addresses only; true: to any address
   */
  record PlainText(boolean anywhere) implements Tls {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.plainText(this);
    }
  }

  /**
   * A client certificate.
   *
   * @param chain PEM, the client's own certificate first
   * @param key PEM, PKCS#8, not encrypted
   */
  record OwnCertificate(Path chain, Path key) {}

  /** Trusts what the Java installation trusts. */
  static Tls system() {
    return new Verified(Optional.empty(), Optional.empty());
  }

  /** Trusts the authorities in a PEM file, and nobody else. */
  static Tls trusting(Path authorities) {
    return new Verified(Optional.of(authorities), Optional.empty());
  }

  /** No TLS, which is refused for any address that is not loopback. */
  static Tls loopbackOnly() {
    return new PlainText(false);
  }

  /** No TLS to any address: for networks that protect the connection by other means. */
  static Tls plainTextAnywhere() {
    return new PlainText(true);
  }

  /** One method for each kind. */
  interface Cases<R> {
    R verified(Verified tls);

    R plainText(PlainText tls);
  }
}
