/*
 * libolm, measured from its own language: compiled when a measurement begins, driven by lines.
 *
 *   prepare OPERATION BYTES COUNT  ->  ready      makes the inputs of COUNT operations
 *   run                            ->  done N T   performs them; N changes with what came out, T is
 *                                                 the process's processor time so far in nanoseconds
 *
 * Anything that goes wrong ends the process with a line on standard error.
 */
#include <olm/olm.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define COUNT_MAX 10000
#define RANDOM_MAX 4096
#define KEY_LENGTH 43
#define ADVANCE 10000

static const char PICKLE_KEY[] = "measured";

typedef struct {
  size_t type;
  size_t length;
  uint8_t *bytes;
} Message;

typedef struct {
  OlmAccount *account;
  char identity[KEY_LENGTH + 1];
  char fallback[KEY_LENGTH + 1];
} Device;

static size_t count;
static size_t plain_length;
static uint8_t *plain;
static uint8_t *scratch;
static size_t scratch_length;
static Message *messages;
static Device alice;
static Device bob;
static OlmSession *sender;
static OlmSession *receiver;
static uint8_t *stored;
static size_t stored_length;
static OlmOutboundGroupSession *speaker;
static OlmInboundGroupSession *listener;
static uint8_t *session_key;
static size_t session_key_length;

static void fail(const char *what) {
  fprintf(stderr, "libolm: %s\n", what);
  exit(1);
}

static size_t ok(size_t result, const char *what) {
  if (result == olm_error()) fail(what);
  return result;
}

static void *claim(size_t size) {
  void *memory = calloc(1, size);
  if (memory == NULL) fail("no memory");
  return memory;
}

static uint8_t *dice(size_t length) {
  static uint8_t bytes[RANDOM_MAX];
  if (length > RANDOM_MAX || getrandom(bytes, length, 0) != (ssize_t)length) fail("no randomness");
  return bytes;
}

/* A copy to destroy: libolm decodes its input in place. */
static uint8_t *copied(const uint8_t *bytes, size_t length) {
  if (length > scratch_length) fail("message too long");
  return memcpy(scratch, bytes, length);
}

/* The value behind `"curve25519":`, or the first one inside the object there. */
static void curve_key(const char *json, char *key) {
  const char *at = strstr(json, "\"curve25519\":");
  if (at == NULL) fail("no key");
  at += strlen("\"curve25519\":");
  if (*at == '{') at = strchr(at, ':') + 1;
  memcpy(key, at + 1, KEY_LENGTH);
}

static void create_device(Device *device) {
  char json[1024] = {0};
  device->account = olm_account(claim(olm_account_size()));
  size_t length = olm_create_account_random_length(device->account);
  ok(olm_create_account(device->account, dice(length), length), "account");
  ok(olm_account_identity_keys(device->account, json, sizeof json), "identity");
  curve_key(json, device->identity);
  length = olm_account_generate_fallback_key_random_length(device->account);
  ok(olm_account_generate_fallback_key(device->account, dice(length), length), "fallback key");
  memset(json, 0, sizeof json);
  ok(olm_account_unpublished_fallback_key(device->account, json, sizeof json), "fallback key");
  curve_key(json, device->fallback);
}

/* Whatever the session held is gone; libolm adds to it otherwise. */
static void forget(OlmSession *session) {
  olm_clear_session(session);
  olm_session(session);
}

static void open_olm(OlmSession *session) {
  forget(session);
  size_t length = olm_create_outbound_session_random_length(session);
  ok(olm_create_outbound_session(
         session, alice.account, bob.identity, KEY_LENGTH, bob.fallback, KEY_LENGTH, dice(length), length),
     "open");
}

static Message encrypt_olm(OlmSession *session, uint8_t *target) {
  Message message = {olm_encrypt_message_type(session), 0, target};
  size_t length = olm_encrypt_random_length(session);
  size_t room = olm_encrypt_message_length(session, plain_length);
  if (target == NULL) message.bytes = claim(room);
  message.length = ok(
      olm_encrypt(session, plain, plain_length, dice(length), length, message.bytes, room), "encrypt");
  return message;
}

static size_t decrypt_olm(OlmSession *session, const Message *message) {
  size_t room = ok(
      olm_decrypt_max_plaintext_length(
          session, message->type, copied(message->bytes, message->length), message->length),
      "length");
  static uint8_t opened[1 << 16];
  if (room > sizeof opened) fail("plaintext too long");
  return ok(
      olm_decrypt(
          session, message->type, copied(message->bytes, message->length), message->length, opened, room),
      "decrypt");
}

static void accept_olm(OlmSession *session, const Message *first) {
  forget(session);
  ok(olm_create_inbound_session_from(
         session, bob.account, alice.identity, KEY_LENGTH, copied(first->bytes, first->length), first->length),
     "accept");
  decrypt_olm(session, first);
}

/* Both sides have heard each other. */
static void converse(void) {
  Message message = encrypt_olm(sender, NULL);
  accept_olm(receiver, &message);
  message = encrypt_olm(receiver, NULL);
  decrypt_olm(sender, &message);
}

static void start_group(OlmOutboundGroupSession *session) {
  size_t length = olm_init_outbound_group_session_random_length(session);
  ok(olm_init_outbound_group_session(session, dice(length), length), "group session");
}

static void join_group(void) {
  ok(olm_init_inbound_group_session(listener, session_key, session_key_length), "session key");
}

static size_t export_at(uint32_t index) {
  size_t length = olm_export_inbound_group_session_length(listener);
  return ok(olm_export_inbound_group_session(listener, scratch, length, index), "export");
}

static Message encrypt_group(uint8_t *target) {
  size_t room = olm_group_encrypt_message_length(speaker, plain_length);
  Message message = {0, 0, target == NULL ? claim(room) : target};
  message.length = ok(olm_group_encrypt(speaker, plain, plain_length, message.bytes, room), "encrypt");
  return message;
}

static size_t decrypt_group(const Message *message) {
  static uint8_t opened[1 << 16];
  uint32_t index;
  size_t room = ok(
      olm_group_decrypt_max_plaintext_length(listener, copied(message->bytes, message->length), message->length),
      "length");
  if (room > sizeof opened) fail("plaintext too long");
  return ok(
      olm_group_decrypt(
          listener, copied(message->bytes, message->length), message->length, opened, room, &index),
      "decrypt");
}

static void prepare(const char *operation) {
  plain = claim(plain_length);
  memset(plain, 'k', plain_length);
  scratch_length = 2 * plain_length + 4096;
  scratch = claim(scratch_length);
  messages = claim(count * sizeof(Message));
  create_device(&alice);
  create_device(&bob);
  sender = olm_session(claim(olm_session_size()));
  receiver = olm_session(claim(olm_session_size()));
  open_olm(sender);
  speaker = olm_outbound_group_session(claim(olm_outbound_group_session_size()));
  listener = olm_inbound_group_session(claim(olm_inbound_group_session_size()));
  start_group(speaker);
  session_key_length = olm_outbound_group_session_key_length(speaker);
  session_key = claim(session_key_length);
  ok(olm_outbound_group_session_key(speaker, session_key, session_key_length), "session key");
  join_group();
  if (strcmp(operation, "olm-accept") == 0) {
    messages[0] = encrypt_olm(sender, NULL);
    return;
  }
  converse();
  if (strcmp(operation, "megolm-decrypt") == 0) {
    for (size_t i = 0; i < count; i++) messages[i] = encrypt_group(NULL);
  }
  if (strcmp(operation, "olm-decrypt") == 0) {
    Message first = encrypt_olm(sender, NULL);
    decrypt_olm(receiver, &first);
    for (size_t i = 0; i < count; i++) messages[i] = encrypt_olm(sender, NULL);
    stored_length = olm_pickle_session_length(receiver);
    stored = claim(stored_length);
    ok(olm_pickle_session(receiver, PICKLE_KEY, sizeof PICKLE_KEY, stored, stored_length), "pickle");
  }
}

static size_t megolm_encrypt(size_t i) { return (void)i, encrypt_group(scratch).length; }

static size_t megolm_decrypt(size_t i) {
  if (i == 0) join_group();
  return decrypt_group(&messages[i]);
}

static size_t megolm_create(size_t i) { return start_group(speaker), i; }

static size_t megolm_join(size_t i) { return join_group(), i; }

static size_t megolm_export(size_t i) { return (void)i, export_at(0); }

/* An export moves the newest ratchet, so each goes as far again. */
static size_t megolm_advance(size_t i) {
  if (i == 0) join_group();
  return export_at(ADVANCE * (i + 1));
}

static size_t olm_encrypt_one(size_t i) { return (void)i, encrypt_olm(sender, scratch).length; }

static size_t olm_decrypt_one(size_t i) {
  if (i == 0) {
    forget(receiver);
    uint8_t *pickle = copied(stored, stored_length);
    ok(olm_unpickle_session(receiver, PICKLE_KEY, sizeof PICKLE_KEY, pickle, stored_length), "unpickle");
  }
  return decrypt_olm(receiver, &messages[i]);
}

static size_t olm_turn(size_t i) {
  static uint8_t wire[1 << 16];
  Message there = encrypt_olm(sender, wire);
  size_t sum = decrypt_olm(receiver, &there);
  Message back = encrypt_olm(receiver, wire);
  return sum + decrypt_olm(sender, &back) + i;
}

static size_t olm_open(size_t i) { return open_olm(sender), i; }

static size_t olm_accept(size_t i) { return accept_olm(receiver, &messages[0]), i; }

static const struct {
  const char *name;
  size_t (*perform)(size_t);
} OPERATIONS[] = {
    {"megolm-encrypt", megolm_encrypt}, {"megolm-decrypt", megolm_decrypt},
    {"megolm-create", megolm_create},   {"megolm-join", megolm_join},
    {"megolm-export", megolm_export},   {"megolm-advance", megolm_advance},
    {"olm-encrypt", olm_encrypt_one},   {"olm-decrypt", olm_decrypt_one},
    {"olm-turn", olm_turn},             {"olm-open", olm_open},
    {"olm-accept", olm_accept},
};

static long long cpu_nanos(void) {
  struct timespec now;
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) != 0) fail("no clock");
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int main(void) {
  char line[256];
  char name[64];
  size_t (*perform)(size_t) = NULL;
  while (fgets(line, sizeof line, stdin) != NULL) {
    if (sscanf(line, "prepare %63s %zu %zu", name, &plain_length, &count) == 3) {
      if (count < 1 || count > COUNT_MAX || plain_length > 1 << 15) fail("too much");
      for (size_t i = 0; i < sizeof OPERATIONS / sizeof *OPERATIONS; i++) {
        if (strcmp(OPERATIONS[i].name, name) == 0) perform = OPERATIONS[i].perform;
      }
      if (perform == NULL) fail("no such operation");
      prepare(name);
      puts("ready");
    } else if (strcmp(line, "run\n") == 0 && perform != NULL) {
      size_t sum = 0;
      for (size_t i = 0; i < count; i++) sum += perform(i);
      printf("done %zu %lld\n", sum, cpu_nanos());
    } else {
      fail("did not understand");
    }
    fflush(stdout);
  }
  return 0;
}
