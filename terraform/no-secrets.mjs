// Looks for secrets in files: what Terraform plans, as text or JSON, and logs. Before that it tries itself on secrets of each kind.
//
//   node no-secrets.mjs FILE...     exits with 1 and names the places if it finds any

import { readFileSync } from 'node:fs';

// In any text. The last one is what stands for the loader's generated password in a plan that terraform-offline makes.
const TEXTS = [
  ['access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['token', /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}\b/],
  ['password in an address', /(?:jdbc:|https?:\/\/)\S*(?:[?&;]password=|\/\/[^\s/@:]+:[^\s/@]+@)/i],
  ['assigned secret', /\b(?:password|secret_?access_?key|secret_?string)\b["']?\s*[=:]\s*"[^"]+"/i],
  ["the loader's password", /\boffline-result\b/],
];

// Names of attributes, variables and properties whose value is a secret, whatever it looks like.
const NAMES = /(?:^|[_.-])(?:password|passwd|secret|secret_string|secret_binary|secret[_.]access[_.]key|access[_.]key[_.]id|private_key|credentials?|(?:api|auth|access)_?(?:token|key))(?:_wo)?$/i;

function inText(text, found) {
  for (const [kind, pattern] of TEXTS) {
    const hit = pattern.exec(text);
    if (hit) found.push(`${kind}, line ${text.slice(0, hit.index).split('\n').length}`);
  }
}

function inJson(value, path, found) {
  if (value === null || typeof value !== 'object') return;
  for (const [name, item] of Object.entries(value)) {
    const at = `${path}/${name}`;
    if (typeof item === 'string' && item !== '' && NAMES.test(name)) found.push(`value of ${at}`);
    // Programs read outputs of the state: what is sensitive has no place there.
    if (name === 'sensitive' && item === true && /\/outputs\/[^/]+$/.test(path)) found.push(`sensitive output ${path}`);
    inJson(item, at, found);
  }
}

export function secretsIn(text) {
  const found = [];
  inText(text, found);
  if (/^\s*[[{]/.test(text)) {
    const json = JSON.parse(text);
    // What the configuration says of names and types is no value.
    delete json.configuration;
    inJson(json, '', found);
  }
  return found;
}

const SAMPLES = [
  'key AKIAIOSFODNN7EXAMPLE of somebody',
  '-----BEGIN RSA PRIVATE KEY-----',
  'authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLi4u',
  'jdbc:redshift://host:5439/db?user=loader&password=x',
  '+ secret_string = "x"',
  'username loader, offline-result',
  '{"resource":{"environment":[{"variables":{"WAREHOUSE_PASSWORD":"x"}}]}}',
  '{"property_map":{"secret.access.key":"x"}}',
  '{"planned_values":{"outputs":{"admin":{"sensitive":true}}}}',
];
const CLEAN = [
  '+ admin_user_password_wo = (write-only attribute)',
  '{"secret.arn":"arn:aws:secretsmanager:eu-central-1:0:secret:x","secret_string":null,"planned_values":{"outputs":{"url":{"sensitive":false}}}}',
];
for (const sample of SAMPLES) {
  if (secretsIn(sample).length === 0) throw new Error(`finds no secret in ${sample}`);
}
for (const clean of CLEAN) {
  if (secretsIn(clean).length > 0) throw new Error(`finds ${secretsIn(clean)} in ${clean}`);
}

const files = process.argv.slice(2);
if (files.length === 0) throw new Error('no file to look at');
let clean = true;
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  if (text.trim() === '') throw new Error(`${file} is empty`);
  for (const secret of secretsIn(text)) {
    clean = false;
    console.error(`${file}: ${secret}`);
  }
}
console.log(`${files.length} files`);
process.exit(clean ? 0 : 1);
