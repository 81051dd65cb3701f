/**
 * The store in one SQLite file, with the key that encrypts its secrets in a PKCS#12 key store
 * beside it.
 */
@NullMarked
package io.karst.client.store.sqlite;

import org.jspecify.annotations.NullMarked;
