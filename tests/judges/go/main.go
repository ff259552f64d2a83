// An outside judge: checks an exported record with Go's own transparency log packages, which
// share no line with ours. It prints what it checked, or the first fault and exits 1.
//
//	run OUT [RECEIPT.tlog-proof ...]
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	height = 8
	width  = 1 << height
	sample = 64
)

// log is an exported record: C2SP tlog-tiles, with the verifier key in the file "key".
type log struct {
	folder  string
	key     note.Verifier
	origin  string
	tree    tlog.Tree
	data    map[tlog.Tile][]byte
	entries [][]byte
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: run OUT [RECEIPT.tlog-proof ...]")
		os.Exit(2)
	}
	report, err := judge(os.Args[1], os.Args[2:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "fault:", err)
		os.Exit(1)
	}
	fmt.Println(report)
}

func judge(folder string, receipts []string) (string, error) {
	l := &log{folder: folder, data: map[tlog.Tile][]byte{}}
	if err := l.open(); err != nil {
		return "", err
	}
	if l.tree.N == 0 {
		if l.tree.Hash != sha256.Sum256(nil) {
			return "", errors.New("expected the root of no entries")
		}
		return fmt.Sprintf("checked %s: signature, no entries", l.origin), nil
	}
	tiles, err := l.checkTiles()
	if err != nil {
		return "", err
	}
	bundles, err := l.checkEntries()
	if err != nil {
		return "", err
	}
	inclusions, err := l.checkInclusion()
	if err != nil {
		return "", err
	}
	growths, err := l.checkGrowth()
	if err != nil {
		return "", err
	}
	for _, path := range receipts {
		if err := l.checkReceipt(path); err != nil {
			return "", fmt.Errorf("%s: %w", path, err)
		}
	}
	return fmt.Sprintf("checked %s: signature, root of %d entries, %d hash tiles, %d bundles, "+
		"%d inclusion proofs, %d consistency proofs, %d receipts", l.origin, l.tree.N, tiles,
		bundles, inclusions, growths, len(receipts)), nil
}

// open checks the checkpoint's signature.
func (l *log) open() error {
	key, err := os.ReadFile(filepath.Join(l.folder, "key"))
	if err != nil {
		return err
	}
	l.key, err = note.NewVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		return fmt.Errorf("key: %w", err)
	}
	data, err := os.ReadFile(filepath.Join(l.folder, "checkpoint"))
	if err != nil {
		return err
	}
	l.origin, l.tree, err = l.checkpoint(data)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	return nil
}

func (l *log) checkpoint(data []byte) (string, tlog.Tree, error) {
	opened, err := note.Open(data, note.VerifierList(l.key))
	if err != nil {
		return "", tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return "", tlog.Tree{}, errors.New("expected three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return "", tlog.Tree{}, errors.New("expected a size in decimal")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return "", tlog.Tree{}, err
	}
	if lines[0] != l.key.Name() {
		return "", tlog.Tree{}, fmt.Errorf("expected origin %s, not %s", l.key.Name(), lines[0])
	}
	return lines[0], tlog.Tree{N: size, Hash: root}, nil
}

// path turns Go's tile/8/0/000 into tlog-tiles' tile/0/000.
func (l *log) path(tile tlog.Tile) string {
	return filepath.Join(l.folder, strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
}

// ReadHashes makes the tiles a tlog.HashReader. tlog.TileHashReader would be shorter, but that
// of x/mod 0.7.0 takes a tile unchecked where several subtrees under the root lie in one tile:
// its last loop begins at the number of subtrees instead of at the number of their tiles.
func (l *log) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, index := range indexes {
		tile := tlog.TileForIndex(height, index)
		if rest := l.tree.N>>(height*tile.L) - tile.N*width; rest < width {
			tile.W = int(rest)
		} else {
			tile.W = width
		}
		hash, err := tlog.HashFromTile(tile, l.data[tile], index)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

// tiles are all that a tree of this size has. (tlog.NewTiles also names every partial tile that
// was ever on the way to them.)
func (l *log) tiles() []tlog.Tile {
	var all []tlog.Tile
	for level := 0; l.tree.N>>(height*level) > 0; level++ {
		hashes := l.tree.N >> (height * level)
		for n := int64(0); n < hashes/width; n++ {
			all = append(all, tlog.Tile{H: height, L: level, N: n, W: width})
		}
		if rest := int(hashes % width); rest > 0 {
			all = append(all, tlog.Tile{H: height, L: level, N: hashes / width, W: rest})
		}
	}
	return all
}

// checkTiles traces every tile to the signed root: full ones by their parent's hash of them,
// and all partial ones together by the root.
func (l *log) checkTiles() (int, error) {
	tiles := l.tiles()
	for _, tile := range tiles {
		data, err := os.ReadFile(l.path(tile))
		if err != nil {
			return 0, err
		}
		if len(data) != tile.W*tlog.HashSize {
			return 0, fmt.Errorf("%s: expected %d hashes", l.path(tile), tile.W)
		}
		l.data[tile] = data
	}
	root, err := tlog.TreeHash(l.tree.N, l)
	if err != nil {
		return 0, err
	}
	if root != l.tree.Hash {
		return 0, errors.New("the tiles lead to another root than the checkpoint's")
	}
	for _, tile := range tiles {
		if tile.W < width {
			continue
		}
		told, err := l.ReadHashes([]int64{tlog.StoredHashIndex(height*(tile.L+1), tile.N)})
		if err != nil {
			return 0, err
		}
		if told[0] != tileHash(l.data[tile]) {
			return 0, fmt.Errorf("%s: isn't what the tile above says", l.path(tile))
		}
	}
	return len(tiles), nil
}

// tileHash is the hash over a full tile.
func tileHash(data []byte) tlog.Hash {
	var hashes []tlog.Hash
	for ; len(data) > 0; data = data[tlog.HashSize:] {
		var hash tlog.Hash
		copy(hash[:], data)
		hashes = append(hashes, hash)
	}
	for ; len(hashes) > 1; hashes = hashes[:len(hashes)/2] {
		for i := 0; i < len(hashes); i += 2 {
			hashes[i/2] = tlog.NodeHash(hashes[i], hashes[i+1])
		}
	}
	return hashes[0]
}

func (l *log) checkEntries() (int, error) {
	count := 0
	for first := int64(0); first < l.tree.N; first += width {
		tile := tlog.Tile{H: height, L: 0, N: first / width, W: width}
		if l.tree.N-first < width {
			tile.W = int(l.tree.N - first)
		}
		path := strings.Replace(l.path(tile), "tile/0/", "tile/entries/", 1)
		data, err := os.ReadFile(path)
		if err != nil {
			return 0, err
		}
		hashes := l.data[tile]
		for at := 0; at < tile.W; at++ {
			end := 2
			if len(data) >= 2 {
				end += int(binary.BigEndian.Uint16(data))
			}
			if len(data) < end {
				return 0, fmt.Errorf("%s: ends before entry %d", path, first+int64(at))
			}
			hash := tlog.RecordHash(data[2:end])
			if !bytes.Equal(hash[:], hashes[at*tlog.HashSize:(at+1)*tlog.HashSize]) {
				return 0, fmt.Errorf("%s: entry %d isn't the tree's", path, first+int64(at))
			}
			l.entries = append(l.entries, data[2:end])
			data = data[end:]
		}
		if len(data) > 0 {
			return 0, fmt.Errorf("%s: %d bytes too many", path, len(data))
		}
		count++
	}
	return count, nil
}

// numbers are the first, the last, those at the tiles' borders and some drawn by lot, from 0.
func (l *log) numbers() []int64 {
	drawn := map[int64]bool{0: true, l.tree.N - 1: true}
	for _, near := range []int64{width - 1, width, width + 1, l.tree.N &^ (width - 1)} {
		if near < l.tree.N {
			drawn[near] = true
		}
	}
	lot := rand.New(rand.NewSource(int64(l.tree.Hash[0])<<8 | int64(l.tree.Hash[1])))
	for i := 0; i < sample; i++ {
		drawn[lot.Int63n(l.tree.N)] = true
	}
	var all []int64
	for number := range drawn {
		all = append(all, number)
	}
	return all
}

func (l *log) checkInclusion() (int, error) {
	numbers := l.numbers()
	for _, number := range numbers {
		proof, err := tlog.ProveRecord(l.tree.N, number, l)
		if err != nil {
			return 0, err
		}
		leaf := tlog.RecordHash(l.entries[number])
		if err := tlog.CheckRecord(proof, l.tree.N, l.tree.Hash, number, leaf); err != nil {
			return 0, fmt.Errorf("inclusion of entry %d: %w", number, err)
		}
	}
	return len(numbers), nil
}

func (l *log) checkGrowth() (int, error) {
	numbers := l.numbers()
	for _, number := range numbers {
		size := number + 1
		old, err := tlog.TreeHash(size, l)
		if err != nil {
			return 0, err
		}
		proof, err := tlog.ProveTree(l.tree.N, size, l)
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckTree(proof, l.tree.N, l.tree.Hash, size, old); err != nil {
			return 0, fmt.Errorf("growth from %d entries: %w", size, err)
		}
	}
	return len(numbers), nil
}

// checkReceipt checks a C2SP tlog-proof of one of the entries, under its own checkpoint.
func (l *log) checkReceipt(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	head, signed, found := strings.Cut(string(data), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("expected a tlog-proof")
	}
	number, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil || number < 0 || number >= l.tree.N {
		return errors.New("expected the index of an entry in the record")
	}
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(hash) != tlog.HashSize {
			return errors.New("expected hashes in base64")
		}
		proof = append(proof, tlog.Hash{})
		copy(proof[len(proof)-1][:], hash)
	}
	_, tree, err := l.checkpoint([]byte(signed))
	if err != nil {
		return err
	}
	leaf := tlog.RecordHash(l.entries[number])
	return tlog.CheckRecord(proof, tree.N, tree.Hash, number, leaf)
}
