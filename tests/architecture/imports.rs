//! Which file of `src` imports from which: every path in the code, followed to the file that defines what it names. Lines
//! that declare modules or only hand a name on do not count, nor does what a module calls of those below it by their
//! name (`place::places`), nor code for tests.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, UseTree, Visibility};

/// From one file to another, with the names that the first takes from the second. Files as in `src/ui/app.rs`.
pub type Imports = BTreeMap<(String, String), BTreeSet<String>>;

/// A module of the crate.
#[derive(Default)]
struct Module {
    file: String,
    parent: Option<usize>,
    children: HashMap<String, usize>,
    /// What it defines.
    items: HashSet<String>,
    /// What its `use` lines bind: the name, the path behind it.
    bound: HashMap<String, Vec<String>>,
    /// Every path in its code.
    paths: HashSet<Vec<String>>,
}

/// Where a path leads.
enum Target {
    Module(usize),
    /// To an item of this module.
    Item(usize),
}

/// Reads the crate below `src` of `root`.
pub fn imports(root: &Path) -> Imports {
    let mut modules = vec![Module::default()];
    let lib = root.join("src/lib.rs");
    load(root, &mut modules, 0, &lib, &root.join("src"));
    // The program is a crate of its own, on top of the library.
    let main = modules.len();
    modules.push(Module::default());
    load(root, &mut modules, main, &root.join("src/main.rs"), &root.join("src"));
    let mut found = Imports::new();
    for (index, module) in modules.iter().enumerate() {
        let below = |path: &&Vec<String>| path.first().is_some_and(|first| module.children.contains_key(first));
        for path in module.paths.iter().filter(|path| !below(path)) {
            let Some(Target::Item(to)) = resolve(&modules, index, path, 0) else { continue };
            let to = &modules[to].file;
            if *to != module.file {
                found.entry((module.file.clone(), to.clone())).or_default().insert(path.join("::"));
            }
        }
    }
    found
}

/// Reads a module from its file; those below it lie in `folder`.
fn load(root: &Path, modules: &mut Vec<Module>, index: usize, file: &Path, folder: &Path) {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let inside = file.strip_prefix(root).expect("a file below the root");
    modules[index].file = inside.to_string_lossy().replace('\\', "/");
    take(root, modules, index, &parsed.items, folder);
}

fn take(root: &Path, modules: &mut Vec<Module>, index: usize, items: &[Item], folder: &Path) {
    for item in items.iter().filter(|item| !for_tests(attributes(item))) {
        if let Item::Mod(child) = item {
            take_module(root, modules, index, child, folder);
            continue;
        }
        let module = &mut modules[index];
        module.items.extend(name_of(item));
        let mut collector = Collector { module };
        collector.visit_item(item);
    }
}

fn take_module(root: &Path, modules: &mut Vec<Module>, parent: usize, child: &ItemMod, folder: &Path) {
    let name = child.ident.to_string();
    let index = modules.len();
    modules.push(Module { file: modules[parent].file.clone(), parent: Some(parent), ..Module::default() });
    modules[parent].children.insert(name.clone(), index);
    let below = folder.join(&name);
    match &child.content {
        Some((_, items)) => take(root, modules, index, items, &below),
        None => {
            let alone: PathBuf = folder.join(format!("{name}.rs"));
            let file = if alone.exists() { alone } else { below.join("mod.rs") };
            load(root, modules, index, &file, &below);
        }
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(x) => &x.attrs,
        Item::Enum(x) => &x.attrs,
        Item::Fn(x) => &x.attrs,
        Item::Impl(x) => &x.attrs,
        Item::Macro(x) => &x.attrs,
        Item::Mod(x) => &x.attrs,
        Item::Static(x) => &x.attrs,
        Item::Struct(x) => &x.attrs,
        Item::Trait(x) => &x.attrs,
        Item::Type(x) => &x.attrs,
        Item::Use(x) => &x.attrs,
        _ => &[],
    }
}

fn for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

fn name_of(item: &Item) -> Option<String> {
    Some(match item {
        Item::Const(x) => x.ident.to_string(),
        Item::Enum(x) => x.ident.to_string(),
        Item::Fn(x) => x.sig.ident.to_string(),
        Item::Macro(x) => x.ident.as_ref()?.to_string(),
        Item::Static(x) => x.ident.to_string(),
        Item::Struct(x) => x.ident.to_string(),
        Item::Trait(x) => x.ident.to_string(),
        Item::Type(x) => x.ident.to_string(),
        _ => return None,
    })
}

/// Collects what an item binds and names.
struct Collector<'m> {
    module: &'m mut Module,
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let handed_on = !matches!(item.vis, Visibility::Inherited);
        let mut before = Vec::new();
        bind(&item.tree, &mut before, &mut |name, path| {
            if !handed_on {
                // From here on it counts, also where it is of a module below.
                let from_here = path.first().is_some_and(|first| !matches!(first.as_str(), "crate" | "self" | "super"));
                let whole = if from_here { [&["self".to_owned()], path.as_slice()].concat() } else { path.clone() };
                self.module.paths.insert(whole);
            }
            self.module.bound.insert(name, path);
        });
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.module.paths.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.module.paths.extend(paths_in(called.tokens.clone()));
        visit::visit_macro(self, called);
    }
}

fn bind(tree: &UseTree, before: &mut Vec<String>, found: &mut impl FnMut(String, Vec<String>)) {
    let with = |before: &[String], last: &syn::Ident| [before, &[last.to_string()]].concat();
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            bind(&path.tree, before, found);
            before.pop();
        }
        UseTree::Name(name) if name.ident == "self" => {
            found(before.last().cloned().unwrap_or_default(), before.clone());
        }
        UseTree::Name(name) => found(name.ident.to_string(), with(before, &name.ident)),
        UseTree::Rename(name) => found(name.rename.to_string(), with(before, &name.ident)),
        UseTree::Group(group) => group.items.iter().for_each(|tree| bind(tree, before, found)),
        // Of another crate everything may be taken; of this one it would hide what is used.
        UseTree::Glob(_) => {
            let own = before.first().is_some_and(|first| matches!(first.as_str(), "crate" | "super" | "self"));
            assert!(!own, "{}::*: a glob hides what is used", before.join("::"));
        }
    }
}

/// The paths among the tokens of a macro: names joined by `::`, and single names.
fn paths_in(tokens: TokenStream) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    let (mut path, mut colons) = (Vec::new(), 0);
    for token in tokens {
        match token {
            TokenTree::Ident(name) => {
                if colons != 2 {
                    found.push(std::mem::take(&mut path));
                }
                path.push(name.to_string());
                colons = 0;
            }
            TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
            TokenTree::Group(group) => {
                found.push(std::mem::take(&mut path));
                found.extend(paths_in(group.stream()));
                colons = 0;
            }
            _ => {
                found.push(std::mem::take(&mut path));
                colons = 0;
            }
        }
    }
    found.push(path);
    found.retain(|path| !path.is_empty());
    found
}

/// Follows a path from a module; none where it leads out of the crate, or names something local.
fn resolve(modules: &[Module], from: usize, path: &[String], depth: usize) -> Option<Target> {
    // A name that is bound to itself leads nowhere.
    if depth > 20 {
        return None;
    }
    let (first, rest) = path.split_first()?;
    let start = match first.as_str() {
        "crate" | "rubricator" => Target::Module(0),
        "self" => Target::Module(from),
        "super" => Target::Module(modules[from].parent?),
        name => step(modules, from, name, depth)?,
    };
    let mut at = start;
    for name in rest {
        at = match at {
            Target::Item(_) => return Some(at),
            Target::Module(module) if name == "super" => Target::Module(modules[module].parent?),
            Target::Module(module) => step(modules, module, name, depth)?,
        };
    }
    Some(at)
}

fn step(modules: &[Module], at: usize, name: &str, depth: usize) -> Option<Target> {
    let module = &modules[at];
    if let Some(child) = module.children.get(name) {
        return Some(Target::Module(*child));
    }
    if module.items.contains(name) {
        return Some(Target::Item(at));
    }
    resolve(modules, at, module.bound.get(name)?, depth + 1)
}
