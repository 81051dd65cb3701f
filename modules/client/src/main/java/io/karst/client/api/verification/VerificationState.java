package io.karst.client.api.verification;

/** Where a verification stands on this device. */
public sealed interface VerificationState {

  <R> R match(Cases<R> cases);

  /** Whether nothing follows. */
  default boolean isEnd() {
    return this instanceof Verified || this instanceof Cancelled;
  }

  /** The other device must do something: it was asked, or the keys are being exchanged. */
  record Waiting() implements VerificationState {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.waiting(this);
    }
  }

  /** The other side asks: {@link Verification#accept} or {@link Verification#cancel}. */
  record Offered() implements VerificationState {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.offered(this);
    }
  }

  /** To be compared: {@link Verification#confirm} or {@link Verification#deny}. */
  record Comparing(ShortString shown) implements VerificationState {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.comparing(this);
    }
  }

  /** This person has confirmed; the other one has not yet. */
  record Confirmed() implements VerificationState {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.confirmed(this);
    }
  }

  /** A code is shown, and waits for the other device to read it. */
  record Showing(VerificationCode code) implements VerificationState {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.showing(this);
    }
  }

  /**
   * Who read the code knows this device rightly: {@link Verification#confirm} once the person sees
   * that the other one's screen says so, or {@link Verification#deny}.
   */
  record Scanned() implements VerificationState {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.scanned(this);
    }
  }

  /** The other member is who it says; that is stored. */
  record Verified() implements VerificationState {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.verified(this);
    }
  }

  /**
   * It ended without success.
   *
   * @param byPeer whether the other side ended it
   */
  record Cancelled(CancelReason reason, boolean byPeer) implements VerificationState {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.cancelled(this);
    }
  }

  /** One method for each state. */
  interface Cases<R> {
    R waiting(Waiting state);

    R offered(Offered state);

    R comparing(Comparing state);

    R confirmed(Confirmed state);

    R showing(Showing state);

    R scanned(Scanned state);

    R verified(Verified state);

    R cancelled(Cancelled state);
  }
}
