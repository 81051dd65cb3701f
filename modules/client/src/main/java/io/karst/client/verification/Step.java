package io.karst.client.verification;

import io.karst.client.api.verification.CancelReason;
import io.karst.domain.bytes.Bytes;
import java.time.Instant;
import java.util.List;

/** What one side says to the other (docs/protocol.md, "Verification"). */
public sealed interface Step {

  <R> R match(Cases<R> cases);

  /**
   * Asks for a verification.
   *
   * @param methods at most {@value #METHODS_MAX}
   * @param sentAt by the asking device's clock
   */
  record Request(List<String> methods, Instant sentAt) implements Step {

    /** More than will ever be known; what is behind is not looked at. */
    public static final int METHODS_MAX = 16;

    public Request {
      methods = List.copyOf(methods.subList(0, Math.min(METHODS_MAX, methods.size())));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.request(this);
    }
  }

  /** Takes part, and commits to a key. */
  record Accept(String method, Bytes commitment) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.accept(this);
    }
  }

  /** Reveals a key: X25519, 32 bytes. */
  record Key(Bytes key) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.key(this);
    }
  }

  /** Vouches for the sender's identity, once its person has confirmed. */
  record Mac(long version, Bytes mac) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.mac(this);
    }
  }

  /** Vouches for the sender's identity, after it has read the code. */
  record Scanned(long version, Bytes mac) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.scanned(this);
    }
  }

  /** Ends it. */
  record Cancel(CancelReason reason) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.cancel(this);
    }
  }

  /** One method for each step. */
  interface Cases<R> {
    R request(Request step);

    R accept(Accept step);

    R key(Key step);

    R mac(Mac step);

    R scanned(Scanned step);

    R cancel(Cancel step);
  }
}
