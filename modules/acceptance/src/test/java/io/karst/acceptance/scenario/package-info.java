/** Stories of people and their groups, each told to its end against a live server. */
@NullMarked
package io.karst.acceptance.scenario;

import org.jspecify.annotations.NullMarked;
