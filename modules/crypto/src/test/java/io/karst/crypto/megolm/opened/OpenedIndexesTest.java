package io.karst.crypto.megolm.opened;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.LateMessageException;
import io.karst.crypto.error.ReplayedMessageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenedIndexesTest {

  private static final int MAX = OpenedIndexes.GAPS_MAX;
  private static final long END = 1L << 32;

  @Test
  void whatComesInOrderLeavesNoGap() throws Exception {
    OpenedIndexes opened = OpenedIndexes.from(7);
    assertThat(opened.next()).isEqualTo(7);
    assertThat(opened.contains(7)).isFalse();

    opened = opened.with(7).with(8);

    assertThat(opened.gaps()).isEmpty();
    assertThat(opened.next()).isEqualTo(9);
    assertThat(opened.contains(8)).isTrue();
    opened.requireNew(9);
    assertThat(opened).hasToString("OpenedIndexes(before 9, 0 gaps)");
  }

  @Test
  void aHistoryThatIsReadBackwardsIsOneGapThatShrinks() {
    OpenedIndexes opened = OpenedIndexes.from(0).with(1_000_000);
    for (long index = 999_999; index > 999_000; index--) {
      opened = opened.with(index);
      assertThat(opened.gaps()).containsExactly(new IndexRange(0, index - 1));
    }
  }

  @Test
  void aGapIsSplitShortenedAndClosed() {
    OpenedIndexes opened = OpenedIndexes.from(0).with(5);
    assertThat(opened.with(2).gaps()).containsExactly(new IndexRange(0, 1), new IndexRange(3, 4));
    assertThat(opened.with(0).gaps()).containsExactly(new IndexRange(1, 4));
    assertThat(opened.with(4).gaps()).containsExactly(new IndexRange(0, 3));
    assertThat(OpenedIndexes.from(0).with(1).with(0).gaps()).isEmpty();
    assertThat(opened.gaps()).as("immutable").containsExactly(new IndexRange(0, 4));
  }

  @Test
  void whatWasOpenedIsAReplayAndChangesNothing() {
    OpenedIndexes opened = OpenedIndexes.from(3).with(3).with(9);
    assertThatThrownBy(() -> opened.requireNew(9))
        .isInstanceOfSatisfying(ReplayedMessageException.class, e -> {
          assertThat(e.code()).isEqualTo(ErrorCode.MESSAGE_REPLAYED);
          assertThat(e.messageIndex()).isEqualTo(9);
        });
    assertThat(opened.with(9)).isSameAs(opened);
    assertThat(opened.with(3)).isSameAs(opened);
  }

  @Test
  void oneGapTooManyGivesTheOldestUp() throws Exception {
    OpenedIndexes full = everySecond(MAX);
    assertThat(full.gaps()).hasSize(MAX);
    assertThat(full.toldFrom()).isZero();
    full.requireNew(0);

    OpenedIndexes over = everySecond(MAX + 1);

    assertThat(over.gaps()).hasSize(MAX).first().isEqualTo(new IndexRange(2, 2));
    assertThat(over.toldFrom()).isEqualTo(1);
    assertThatThrownBy(() -> over.requireNew(0))
        .isInstanceOfSatisfying(LateMessageException.class, e -> {
          assertThat(e.code()).isEqualTo(ErrorCode.MESSAGE_TOO_LATE);
          assertThat(e.toldFrom()).isEqualTo(1);
          assertThat(e.messageIndex()).isZero();
        });
    assertThat(over.contains(0)).isFalse();
    assertThat(over.with(0)).isSameAs(over);
    over.requireNew(2);
  }

  /** Opens 1, 3, 5 and so on, so that there is a gap of one before each. */
  private static OpenedIndexes everySecond(int gaps) {
    OpenedIndexes opened = OpenedIndexes.from(0);
    for (int i = 0; i < gaps; i++) {
      opened = opened.with(2L * i + 1);
    }
    return opened;
  }

  @Test
  void splittingAGapWhenAllAreTakenGivesTheOldestUp() {
    OpenedIndexes full = everySecond(MAX - 1).with(10_000);
    assertThat(full.gaps()).hasSize(MAX);

    OpenedIndexes split = full.with(5_000);

    assertThat(split.gaps()).hasSize(MAX).last().isEqualTo(new IndexRange(5_001, 9_999));
    assertThat(split.toldFrom()).isEqualTo(1);
  }

  @Test
  void theLastIndexIsRecordedToo() {
    OpenedIndexes opened = OpenedIndexes.from(END - 2).with(END - 1);
    assertThat(opened.next()).isEqualTo(END);
    assertThat(opened.gaps()).containsExactly(new IndexRange(END - 2, END - 2));
    assertThat(OpenedIndexes.from(END).next()).isEqualTo(END);
  }

  @Test
  void whatIsMissingIsToldFromAnIndexOn() {
    OpenedIndexes opened = OpenedIndexes.from(0).with(5).with(9);
    assertThat(opened.missingFrom(0)).containsExactly(new IndexRange(0, 4), new IndexRange(6, 8));
    assertThat(opened.missingFrom(4)).containsExactly(new IndexRange(4, 4), new IndexRange(6, 8));
    assertThat(opened.missingFrom(5)).containsExactly(new IndexRange(6, 8));
    assertThat(opened.missingFrom(9)).isEmpty();
  }

  @Test
  void whatCannotComeAboutIsRefused() {
    var gap = List.of(new IndexRange(2, 3));
    assertThat(OpenedIndexes.of(0, 1, 5, gap).gaps()).isEqualTo(gap);
    requireRefused(-1, 0, 0, List.of());
    requireRefused(2, 1, 5, List.of());
    requireRefused(0, 6, 5, List.of());
    requireRefused(0, 5, 5, List.of());
    requireRefused(0, 0, END + 1, List.of());
    requireRefused(0, 3, 5, gap);
    requireRefused(0, 0, 4, gap);
    requireRefused(0, 0, 9, List.of(new IndexRange(2, 3), new IndexRange(4, 5)));
    requireRefused(0, 0, 9, List.of(new IndexRange(5, 6), new IndexRange(1, 2)));
    List<IndexRange> many = new ArrayList<>();
    for (int i = 0; i <= MAX; i++) {
      many.add(new IndexRange(2L * i, 2L * i));
    }
    requireRefused(0, 0, 9_999, many);
    assertThat(OpenedIndexes.of(0, 0, 9_999, many.subList(1, MAX + 1)).gaps()).hasSize(MAX);
  }

  private static void requireRefused(long start, long told, long next, List<IndexRange> gaps) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OpenedIndexes.of(start, told, next, gaps));
  }

  @Test
  void aRangeHasItsEndsAndAnUnsignedIndex() {
    IndexRange range = new IndexRange(3, 5);
    assertThat(range.count()).isEqualTo(3);
    assertThat(range.contains(2)).isFalse();
    assertThat(range.contains(3)).isTrue();
    assertThat(range.contains(5)).isTrue();
    assertThat(range.contains(6)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new IndexRange(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new IndexRange(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new IndexRange(0, END));
    assertThat(IndexRange.of(List.of(1L, 2L, 4L)))
        .containsExactly(new IndexRange(1, 2), new IndexRange(4, 4));
  }

  @Test
  void aUnionKnowsWhatEitherOpened() {
    OpenedIndexes whole = OpenedIndexes.from(0).with(4);
    OpenedIndexes late = OpenedIndexes.from(300).with(302);

    assertThat(whole.union(late).gaps())
        .containsExactly(new IndexRange(0, 3), new IndexRange(5, 301));
    assertThat(whole.union(late).start()).isZero();
    assertThat(OpenedIndexes.from(0).union(late).gaps()).containsExactly(new IndexRange(0, 301));
    assertThat(OpenedIndexes.from(0).union(OpenedIndexes.from(300)).next()).isZero();
    assertThat(whole.union(OpenedIndexes.from(2)).gaps()).containsExactly(new IndexRange(0, 3));
  }

  @Test
  void whatEitherCannotTellTheUnionCannotTell() {
    OpenedIndexes vague = everySecond(MAX + 1);
    OpenedIndexes exact = OpenedIndexes.from(0).with(3);

    OpenedIndexes union = exact.union(vague);

    assertThat(union.toldFrom()).isEqualTo(1);
    assertThatThrownBy(() -> union.requireNew(0)).isInstanceOf(LateMessageException.class);
    assertThat(union.contains(3)).isTrue();
    assertThat(union.gaps()).first().isEqualTo(new IndexRange(2, 2));
  }

  /** The model is the set of what was opened. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void anyOrderIsRecordedExactlyWithinItsBound(long seed) throws Exception {
    Random random = new Random(seed);
    long start = random.nextInt(5);
    int spread = seed % 2 == 0 ? 100 : 600;
    OpenedIndexes opened = OpenedIndexes.from(start);
    TreeSet<Long> model = new TreeSet<>();
    for (int step = 0; step < 400; step++) {
      String context = "seed " + seed + " step " + step;
      long index = start + random.nextInt(spread);
      requireAgreement(opened, model, index, context);
      if (isNew(opened, index)) {
        assertThat(model.add(index)).as(context).isTrue();
        opened = opened.with(index);
      }
      assertThat(opened.gaps()).as(context).hasSizeLessThanOrEqualTo(MAX);
      assertThat(OpenedIndexes.of(opened.start(), opened.toldFrom(), opened.next(), opened.gaps())
              .gaps())
          .as(context)
          .isEqualTo(IndexRange.of(missing(model, opened.toldFrom())));
    }
    assertThat(opened.toldFrom() > start)
        .as("the wide spread reaches the bound, the narrow one does not; seed " + seed)
        .isEqualTo(spread == 600);
  }

  private static void requireAgreement(
      OpenedIndexes opened, SortedSet<Long> model, long index, String context) {
    boolean told = index >= opened.toldFrom();
    assertThat(isNew(opened, index)).as(context).isEqualTo(told && !model.contains(index));
    assertThat(opened.contains(index)).as(context).isEqualTo(told && model.contains(index));
  }

  private static boolean isNew(OpenedIndexes opened, long index) {
    try {
      opened.requireNew(index);
      return true;
    } catch (DecryptionException e) {
      return false;
    }
  }

  private static List<Long> missing(SortedSet<Long> model, long from) {
    List<Long> missing = new ArrayList<>();
    for (long index = from; !model.isEmpty() && index < model.last(); index++) {
      if (!model.contains(index)) {
        missing.add(index);
      }
    }
    return missing;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aUnionIsTheUnionOfTheSets(long seed) {
    Random random = new Random(seed);
    TreeSet<Long> model = new TreeSet<>();
    OpenedIndexes mine = anything(random, model);
    OpenedIndexes theirs = anything(random, model);

    OpenedIndexes union = mine.union(theirs);

    assertThat(theirs.union(mine).gaps()).as("seed " + seed).isEqualTo(union.gaps());
    assertThat(union.gaps())
        .as("seed " + seed)
        .isEqualTo(IndexRange.of(missing(model, union.start())));
    assertThat(union.next()).as("seed " + seed).isEqualTo(model.last() + 1);
    assertThat(OpenedIndexes.of(union.start(), union.toldFrom(), union.next(), union.gaps()))
        .isNotNull();
  }

  private static OpenedIndexes anything(Random random, SortedSet<Long> model) {
    long start = random.nextInt(40);
    OpenedIndexes opened = OpenedIndexes.from(start);
    for (int i = 0; i < 30; i++) {
      long index = start + random.nextInt(60);
      opened = opened.with(index);
      model.add(index);
    }
    return opened;
  }
}
