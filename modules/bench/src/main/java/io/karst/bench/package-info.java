/** Load tool and micro-benchmarks. */
@NullMarked
package io.karst.bench;

import org.jspecify.annotations.NullMarked;
