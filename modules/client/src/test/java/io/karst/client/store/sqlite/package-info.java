/** The SQLite store, held to the contract of every store. */
@NullMarked
package io.karst.client.store.sqlite;

import org.jspecify.annotations.NullMarked;
