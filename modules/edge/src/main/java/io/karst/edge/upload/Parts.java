package io.karst.edge.upload;

/**
 * What has come of one upload. Mutable, for one call at a time.
 *
 * @param <P> a part
 * @param <Q> the whole
 */
interface Parts<P, Q> {

  /** Takes the next part; throws {@link io.karst.edge.status.RefusedException}. */
  void add(P part);

  /** All parts have come; throws {@link io.karst.edge.status.RefusedException}. */
  Q whole();
}
