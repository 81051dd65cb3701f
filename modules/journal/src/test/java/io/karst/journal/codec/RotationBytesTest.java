package io.karst.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.GroupEvent.EpochStarted;
import io.karst.domain.group.Role;
import io.karst.domain.id.MemberId;
import io.karst.journal.history.GroupHistory;
import io.karst.journal.history.TestMembers;
import io.karst.journal.log.StoredRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rotation takes in the journal, from the end of the old epoch to the delivered keys. */
class RotationBytesTest {

  private static final int DEVICES = 15;

  /** Of an Olm message that opens a session, and of one in a session that has been answered. */
  private static final int PRE_KEY = 257;

  private static final int NORMAL = 144;

  private static final int BYTES_MAX = (4 << 10) + DEVICES * 256;

  @ParameterizedTest(name = "ids of {0} characters, keys of {1} bytes")
  @CsvSource({"16, 144", "16, 257", "64, 144", "64, 257"})
  void fifteenDevicesStayWithinTheBound(int idLength, int keyLength) {
    assertThat(rotation(idLength, keyLength)).isLessThanOrEqualTo(BYTES_MAX);
  }

  @Test
  void whatDocumentationSaysOfItIsTrue() {
    assertThat(rotation(16, NORMAL)).isEqualTo(4_272);
    assertThat(rotation(64, PRE_KEY)).isEqualTo(7_587);
  }

  private static int rotation(int idLength, int keyLength) {
    var members = new TestMembers();
    Map<MemberId, Role> others = new HashMap<>();
    MemberId owner = members.register(id("m", 0, idLength), id("d", 0, idLength));
    for (int i = 1; i < DEVICES; i++) {
      others.put(members.register(id("m", i, idLength), id("d", i, idLength)), Role.MEMBER);
    }
    var history = new GroupHistory(members, owner);
    history.create(members.device(owner, 0), others);
    history.markDelivered(1);
    int before = history.records().size();
    history.commit(members.device(owner, 0));
    history.markDelivered(2);
    var codec = new GroupRecordCodec(history.id());
    List<StoredRecord> rows = history.records();
    return rows.subList(before, rows.size()).stream()
        .map(row -> row.with(withKeys(row.event(), keyLength)))
        .mapToInt(row -> codec.encode(row).length)
        .sum();
  }

  private static GroupEvent withKeys(GroupEvent event, int length) {
    if (event instanceof EpochStarted started) {
      List<SealedKey> keys = started.sealedKeys().stream()
          .map(key -> new SealedKey(
              key.device(), length == PRE_KEY ? 0 : 1, Bytes.copyOf(new byte[length])))
          .toList();
      return new EpochStarted(started.manifest(), keys, started.at());
    }
    return event;
  }

  private static String id(String kind, int number, int length) {
    return kind + "-" + "x".repeat(length - 5) + "%03d".formatted(number);
  }
}
