package io.karst.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import io.karst.wire.v1.FetchInboxRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerRoomTest {

  private static final int ROOM = MessageLimits.ANSWER_BYTES_MAX - AnswerRoom.OTHER_BYTES;

  @ParameterizedTest
  @CsvSource({"-1, true", "0, true", "1, false"})
  void endsAtItsBound(int over, boolean taken) {
    var room = new AnswerRoom();
    int half = ROOM / 2 - 5;
    assertThat(room.take(item(half))).isTrue();
    assertThat(room.take(item(half + over))).isEqualTo(taken);
    assertThat(room.take(FetchInboxRequest.getDefaultInstance())).isFalse();
  }

  /** Otherwise its reader would ask again for ever. */
  @Test
  void alwaysHasPlaceForOne() {
    var room = new AnswerRoom();
    assertThat(room.take(item(ROOM + 1))).isTrue();
    assertThat(room.take(FetchInboxRequest.getDefaultInstance())).isFalse();
  }

  /** A message of so many bytes. */
  private static BytesValue item(int size) {
    int head = 1 + 3;
    return BytesValue.of(ByteString.copyFrom(new byte[size - head]));
  }
}
