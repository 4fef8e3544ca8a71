// Prints the errors of a module's packages as JSON, found by go/parser and go/types rather than by the compiler:
// go run go-oracle.go types|syntax DIRECTORY
package main

import (
	"encoding/json"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
)

type told struct {
	Message  string `json:"message"`
	Position string `json:"position"`
}

func main() {
	found := []told{}
	filepath.WalkDir(os.Args[2], func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			found = append(found, packageIn(path, os.Args[1] == "types")...)
		}
		return nil
	})
	json.NewEncoder(os.Stdout).Encode(found)
}

func packageIn(directory string, check bool) (found []told) {
	described, err := build.ImportDir(directory, 0)
	if described == nil || len(described.GoFiles)+len(described.InvalidGoFiles) == 0 {
		return nil
	}
	_ = err
	set := token.NewFileSet()
	var files []*ast.File
	names := map[string]bool{}
	for _, name := range append(described.GoFiles, described.InvalidGoFiles...) {
		if names[name] {
			continue
		}
		names[name] = true
		file, err := parser.ParseFile(set, filepath.Join(directory, name), nil, parser.SkipObjectResolution)
		if list, ok := err.(scanner.ErrorList); ok && !check {
			for _, one := range list {
				found = append(found, told{one.Msg, one.Pos.String()})
			}
		}
		files = append(files, file)
	}
	if !check {
		return found
	}
	config := types.Config{
		Importer: importer.ForCompiler(set, "source", nil),
		Error: func(err error) {
			one := err.(types.Error)
			found = append(found, told{one.Msg, set.Position(one.Pos).String()})
		},
	}
	config.Check(described.ImportPath, set, files, nil)
	return found
}
