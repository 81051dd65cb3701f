package io.karst.edge.auth;

import java.util.concurrent.CompletionStage;

/** Decides which enrolment tokens a deployment accepts. */
public interface EnrolmentTokens {

  /** Characters of a token that is looked at at all. */
  int LENGTH_MAX = 4096;

  /**
   * What the token allows; fails with {@code ENROLMENT_INVALID}, or {@code UNAVAILABLE} when nobody
   * can tell now.
   */
  CompletionStage<Enrolment> verify(String token);
}
