package io.karst.client.verification;

import io.karst.client.api.verification.Trust.VerifiedDevice;
import io.karst.domain.id.MemberId;
import java.util.List;

/** The devices that were verified in person. As many rows as a person has compared. */
public interface TrustTable {

  /** A member's, ascending by device. */
  List<VerifiedDevice> of(MemberId member);

  /** Everybody who has one, ascending. */
  List<MemberId> members();

  /** Adds a device, or replaces what was known of it. */
  void save(VerifiedDevice device);
}
