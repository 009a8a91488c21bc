/* What better-sqlite3 13 (Node-API 10) needs beyond Electron 9 (Node 12): type tags, and references to primitives.
   Preloaded into Electron; patch.mjs renames the module's own imports of the last two from napi_ to napx_. The few
   declarations are repeated here, so that no headers of Node are needed. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct env *napi_env;
typedef struct value *napi_value;
typedef struct ref *napi_ref;
typedef int napi_status;
typedef struct { uint64_t lower, upper; } napi_type_tag;
enum { ok = 0, object = 6, function = 7, external = 8 };

napi_status napi_create_string_utf8(napi_env, const char *, size_t, napi_value *);
napi_status napi_create_object(napi_env, napi_value *);
napi_status napi_set_named_property(napi_env, napi_value, const char *, napi_value);
napi_status napi_get_named_property(napi_env, napi_value, const char *, napi_value *);
napi_status napi_has_named_property(napi_env, napi_value, const char *, bool *);
napi_status napi_strict_equals(napi_env, napi_value, napi_value, bool *);
napi_status napi_typeof(napi_env, napi_value, int *);
napi_status napi_create_reference(napi_env, napi_value, uint32_t, napi_ref *);
napi_status napi_get_reference_value(napi_env, napi_ref, napi_value *);

static const char *TAG = "napi:type_tag", *BOX = "napi:box";

static napi_value text_of(napi_env env, const napi_type_tag *tag) {
  static const char digits[] = "0123456789abcdef";
  const unsigned char *bytes = (const unsigned char *)tag;
  char hex[32];
  napi_value text;
  for (int i = 0; i < 16; i++) hex[2 * i] = digits[bytes[i] >> 4], hex[2 * i + 1] = digits[bytes[i] & 15];
  napi_create_string_utf8(env, hex, 32, &text);
  return text;
}

napi_status napi_type_tag_object(napi_env env, napi_value value, const napi_type_tag *tag) {
  return napi_set_named_property(env, value, TAG, text_of(env, tag));
}

napi_status napi_check_object_type_tag(napi_env env, napi_value value, const napi_type_tag *tag, bool *result) {
  bool has = false;
  napi_value found;
  *result = false;
  if (napi_has_named_property(env, value, TAG, &has) != ok || !has) return ok;
  napi_get_named_property(env, value, TAG, &found);
  return napi_strict_equals(env, found, text_of(env, tag), result);
}

napi_status napx_create_reference(napi_env env, napi_value value, uint32_t count, napi_ref *ref) {
  int type;
  napi_value box;
  napi_typeof(env, value, &type);
  if (type == object || type == function || type == external) return napi_create_reference(env, value, count, ref);
  napi_create_object(env, &box);
  napi_set_named_property(env, box, BOX, value);
  return napi_create_reference(env, box, count, ref);
}

napi_status napx_get_reference_value(napi_env env, napi_ref ref, napi_value *value) {
  napi_status status = napi_get_reference_value(env, ref, value);
  int type;
  bool boxed = false;
  if (status != ok || !*value) return status;
  napi_typeof(env, *value, &type);
  if (type != object || napi_has_named_property(env, *value, BOX, &boxed) != ok || !boxed) return status;
  return napi_get_named_property(env, *value, BOX, value);
}
