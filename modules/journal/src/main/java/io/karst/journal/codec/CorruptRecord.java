package io.karst.journal.codec;

/**
 * Stored bytes that no version of Karst has written.
 *
 * <p>Nobody can go on from here: a journal that cannot be read must not be appended to.
 */
public final class CorruptRecord extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String problem;

  CorruptRecord(String field, String problem) {
    super(describe(field, problem));
    this.field = field;
    this.problem = problem;
  }

  CorruptRecord(String field, String problem, Throwable cause) {
    super(describe(field, problem), cause);
    this.field = field;
    this.problem = problem;
  }

  /** Where: the path of a protobuf field, or {@code record} when the bytes are no protobuf. */
  public String field() {
    return field;
  }

  /** What is wrong with it. */
  public String problem() {
    return problem;
  }

  private static String describe(String field, String problem) {
    return "corrupt record at " + field + ": " + problem;
  }
}
