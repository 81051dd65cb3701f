/** Comparing short strings, so that two people can check each other's keys by voice or by eye. */
@NullMarked
package io.karst.crypto.sas;

import org.jspecify.annotations.NullMarked;
