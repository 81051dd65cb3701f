/** Where the command line keeps devices, and how it finds the server and its tokens. */
@NullMarked
package io.karst.cli.profile;

import org.jspecify.annotations.NullMarked;
