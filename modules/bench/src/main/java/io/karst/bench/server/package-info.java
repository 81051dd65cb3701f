/** What is measured: a server that runs, or one that is started for the measurement. */
@NullMarked
package io.karst.bench.server;

import org.jspecify.annotations.NullMarked;
