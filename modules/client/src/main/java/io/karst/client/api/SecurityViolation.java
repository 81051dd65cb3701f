package io.karst.client.api;

/** Something that was said does not verify. Nothing of it was installed. */
public final class SecurityViolation extends KarstException {

  private static final long serialVersionUID = 1L;

  private final transient SecurityProblem problem;

  public SecurityViolation(SecurityProblem problem) {
    super(problem.summary());
    this.problem = problem;
  }

  public SecurityProblem problem() {
    return problem;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.insecure(this);
  }
}
