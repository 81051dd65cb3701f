package io.karst.crypto.megolm;

import io.karst.crypto.error.CryptoException;

/** What became of one message of a page. */
public sealed interface PageResult {

  /** Calls the one case that matches. */
  <R> R match(Cases<R> cases);

  /** It was authentic, and this is what it said. */
  record Opened(DecryptedMessage message) implements PageResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.opened(this);
    }
  }

  /** Its session refused it and is as if it had not come. */
  record Refused(CryptoException reason) implements PageResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** One method per case. */
  interface Cases<R> {
    R opened(Opened result);

    R refused(Refused result);
  }
}
