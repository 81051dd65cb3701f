/** Brings verifications' steps to and fro in groups, and keeps what comes of them. */
@NullMarked
package io.karst.client.desk;

import org.jspecify.annotations.NullMarked;
