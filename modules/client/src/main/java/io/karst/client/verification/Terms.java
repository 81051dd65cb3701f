package io.karst.client.verification;

import io.karst.crypto.primitive.HmacSha256;
import io.karst.crypto.sas.EstablishedSas;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.statement.StatementWriter;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * Between whom a verification is, and what is hashed in it (docs/protocol.md, "Verification").
 *
 * @param id 16 random bytes
 * @param peer as this device knows it
 * @param asked whether this side has asked
 */
public record Terms(Bytes id, Party self, Party peer, boolean asked) {

  public static final int ID_LENGTH = 16;

  /** The one way to compare that is known. */
  public static final String METHOD = "sas/1";

  public Terms {
    if (id.length() != ID_LENGTH) {
      throw new IllegalArgumentException("a transaction id has " + ID_LENGTH + " bytes");
    }
  }

  /** What the answering side commits to before it sees the asking side's key. */
  Bytes commitment(Bytes answerersKey) {
    return address(
            address(
                StatementWriter.labelled("karst/v1 verification-commitment").bytes(id),
                asker().address()),
            answerer().address())
        .str(METHOD)
        .bytes(answerersKey)
        .statement()
        .hash();
  }

  /** Names the short string: both identities, as this side knows them, and both keys. */
  String shortStringInfo(Bytes askersKey, Bytes answerersKey) {
    StatementWriter writer =
        StatementWriter.labelled("karst/v1 verification-sas").bytes(id);
    party(writer, asker()).bytes(askersKey);
    party(writer, answerer()).bytes(answerersKey);
    return "karst/v1 verification-sas " + writer.statement().hash().toHex();
  }

  /** This side's word for its own identity. */
  Step.Mac mac(EstablishedSas sas) {
    return new Step.Mac(
        self.version(), mac(sas, self, peer.address(), self.version(), newest(self)));
  }

  /** Whether the other side vouches for the identity that this side knows. */
  boolean isRight(EstablishedSas sas, Step.Mac theirs) {
    return peer.hash(theirs.version())
        .map(hash -> mac(sas, peer, self.address(), theirs.version(), hash))
        .filter(mac -> same(mac, theirs.mac()))
        .isPresent();
  }

  /** The reading side's word for both identities. */
  Step.Scanned scanned(Bytes secret) {
    return new Step.Scanned(
        self.version(), scannedMac(secret, self, peer, self.version(), newest(self)));
  }

  /** Whether the other side has read this side's code, and has the identity that is known. */
  boolean isRight(Bytes secret, Step.Scanned theirs) {
    return peer.hash(theirs.version())
        .map(hash -> scannedMac(secret, peer, self, theirs.version(), hash))
        .filter(mac -> same(mac, theirs.mac()))
        .isPresent();
  }

  private Bytes mac(EstablishedSas sas, Party by, DeviceAddress to, long version, Bytes hash) {
    Bytes vouched = party(StatementWriter.labelled("karst/v1 verification-mac").bytes(id), by)
        .u64(version)
        .bytes(hash)
        .statement()
        .hash();
    Bytes between = address(
            address(
                StatementWriter.labelled("karst/v1 verification-mac-key").bytes(id), by.address()),
            to)
        .statement()
        .hash();
    String mac = sas.mac(vouched.toHex(), "karst/v1 verification-mac " + between.toHex());
    return Bytes.copyOf(Base64.getDecoder().decode(mac));
  }

  private Bytes scannedMac(Bytes secret, Party reader, Party shower, long version, Bytes hash) {
    StatementWriter writer =
        StatementWriter.labelled("karst/v1 verification-scanned").bytes(id);
    party(writer, reader).u64(version).bytes(hash);
    Bytes statement = party(writer, shower).statement().bytes();
    return Bytes.copyOf(HmacSha256.of(secret.toArray(), statement.toArray()));
  }

  private Party asker() {
    return asked ? self : peer;
  }

  private Party answerer() {
    return asked ? peer : self;
  }

  private static Bytes newest(Party party) {
    return party.chain().get(party.chain().size() - 1);
  }

  private static boolean same(Bytes one, Bytes other) {
    return MessageDigest.isEqual(one.toArray(), other.toArray());
  }

  private static StatementWriter party(StatementWriter writer, Party party) {
    return address(writer, party.address())
        .bytes(party.identity().ed25519Key())
        .bytes(party.identity().curve25519Key())
        .bytes(party.root());
  }

  private static StatementWriter address(StatementWriter writer, DeviceAddress device) {
    return writer.str(device.member().value()).str(device.device().value());
  }
}
