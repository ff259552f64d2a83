// A second outside judge: Sigstore's verifier of transparency logs checks an exported record's
// checkpoint and receipts. It prints what it checked, or the first fault and exits 1.
//
//     run OUT RECEIPT.tlog-proof ...
"use strict";

const { createPublicKey } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
// Nobody promises to keep these two paths: package.json pins the version.
const { verifyCheckpoint } = require("@sigstore/verify/dist/tlog/checkpoint.js");
const { verifyMerkleInclusion } = require("@sigstore/verify/dist/tlog/merkle.js");

const SPKI = Buffer.from("302a300506032b6570032100", "hex"); // RFC 8410: Ed25519, then 32 bytes
const WIDTH = 256; // entries in a bundle

function logOf(vkey) {
  // A key may hold a +, so splitting won't do.
  const [, name, id, key] = vkey.trim().match(/^([^+]+)\+([0-9a-f]{8})\+(.+)$/);
  const spki = Buffer.concat([SPKI, Buffer.from(key, "base64").subarray(1)]);
  const publicKey = createPublicKey({ key: spki, format: "der", type: "spki" });
  return { baseURL: name, logID: Buffer.from(id, "hex"), publicKey };
}

function signed(note, log) {
  return verifyCheckpoint({ inclusionProof: { checkpoint: { envelope: note } } }, [log]);
}

function readEntry(folder, index, size) {
  const digits = String(Math.floor(index / WIDTH)).padStart(3, "0");
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/\d{3}/g);
  const name = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
  const width = Math.min(WIDTH, size - Math.floor(index / WIDTH) * WIDTH);
  const partial = width < WIDTH ? `.p/${width}` : "";
  const bundle = readFileSync(join(folder, "tile/entries", name + partial));
  let at = 0;
  for (let skipped = index % WIDTH; skipped > 0; skipped--) at += 2 + bundle.readUInt16BE(at);
  return bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at));
}

function refuses(entry, checkpoint) {
  try {
    verifyMerkleInclusion(entry, checkpoint);
  } catch {
    return true;
  }
  return false;
}

function judge(folder, receipts) {
  const log = logOf(readFileSync(join(folder, "key"), "utf8"));
  const { logSize } = signed(readFileSync(join(folder, "checkpoint"), "utf8"), log);
  for (const path of receipts) {
    const [proof, ...note] = readFileSync(path, "utf8").split(/(?<=\n)\n/);
    const [, index, ...hashes] = proof.trimEnd().split("\n");
    const checkpoint = signed(note.join("\n"), log);
    const logIndex = Number(index.split(" ")[1]);
    const inclusionProof = { logIndex, hashes: hashes.map((hash) => Buffer.from(hash, "base64")) };
    const canonicalizedBody = readEntry(folder, logIndex, Number(logSize));
    verifyMerkleInclusion({ inclusionProof, canonicalizedBody }, checkpoint);
    const changed = Buffer.concat([canonicalizedBody, Buffer.from(" ")]);
    if (!refuses({ inclusionProof, canonicalizedBody: changed }, checkpoint)) {
      throw Error(`${path} would fit a changed entry too`);
    }
  }
  return `checked ${log.baseURL}: signature over ${logSize} entries, ${receipts.length} receipts`;
}

try {
  const [folder, ...receipts] = process.argv.slice(2);
  console.log(judge(folder, receipts));
} catch (fault) {
  console.error(`fault: ${fault.message}`);
  process.exitCode = 1;
}
