/**
 * What a device needs to know of epochs, from the journal: manifests, its own sealed keys, open
 * sessions.
 */
@NullMarked
package io.karst.edge.epoch;

import org.jspecify.annotations.NullMarked;
