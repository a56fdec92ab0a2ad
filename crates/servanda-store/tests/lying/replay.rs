//! What is on the disk after a part of its history, and what a power cut leaves of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Dice;

/// Bytes that the disk writes whole or not at all.
const SECTOR: usize = 512;

/// The files of a disk by their names.
pub type Image = BTreeMap<String, Vec<u8>>;

/// A file, whatever its name: they are numbered as they are made.
pub type FileNumber = usize;

/// One change of the disk.
#[derive(Debug, Clone)]
pub enum Event {
    /// A file was made.
    Made { file: FileNumber, name: String },
    /// A name was removed, for good where `lasting`.
    Gone { name: String, lasting: bool },
    /// Bytes were written.
    Write { file: FileNumber, at: usize, bytes: Arc<[u8]> },
    /// A file got a length.
    Length { file: FileNumber, length: usize },
    /// A file was synced, and with it the folder's names where `folder`.
    Synced { file: FileNumber, folder: bool },
    /// The folder's names were synced.
    SyncedNames,
    /// A sync failed: what waited for it will never be written, and no later sync tells. Where `forgotten`, the system does
    /// not show it any more either.
    Lost { file: FileNumber, forgotten: bool },
}

/// What is kept of that which was not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Nothing.
    Nothing,
    /// Everything.
    Everything,
    /// So many in a hundred of the changes, each whole.
    Whole(usize),
    /// So many in a hundred of the sectors.
    Torn(usize),
}

impl Keep {
    /// One of the ways.
    pub fn any(dice: &mut Dice) -> Keep {
        let share = [10, 50, 90][dice.below(3)];
        match dice.below(8) {
            0 => Keep::Nothing,
            1 => Keep::Everything,
            2..5 => Keep::Whole(share),
            _ => Keep::Torn(share),
        }
    }
}

#[derive(Debug, Clone)]
enum Change {
    Write { at: usize, bytes: Arc<[u8]> },
    Length(usize),
}

#[derive(Debug, Clone, Default)]
struct Content {
    durable: Vec<u8>,
    pending: Vec<Change>,
}

/// The disk after a part of its history.
#[derive(Debug, Clone)]
pub struct Replay {
    /// What each name may stand for: what is durable, and what it became since.
    names: BTreeMap<String, Vec<Option<FileNumber>>>,
    files: Vec<Content>,
}

impl Replay {
    /// A disk with files that are durable.
    pub fn new(image: &Image) -> Replay {
        let names = image.keys().zip(0..).map(|(name, file)| (name.clone(), vec![Some(file)])).collect();
        let files = image.values().map(|v| Content { durable: v.clone(), pending: Vec::new() }).collect();
        Replay { names, files }
    }

    /// Lets one thing happen.
    pub fn step(&mut self, event: &Event) {
        match event {
            Event::Made { file, name } => {
                self.files.resize_with(self.files.len().max(file + 1), Content::default);
                self.names.entry(name.clone()).or_insert_with(|| vec![None]).push(Some(*file));
            }
            Event::Gone { name, lasting } => {
                let states = self.names.entry(name.clone()).or_insert_with(|| vec![None]);
                if *lasting {
                    states.clear();
                }
                states.push(None);
            }
            Event::Write { file, at, bytes } => {
                self.files[*file].pending.push(Change::Write { at: *at, bytes: bytes.clone() });
            }
            Event::Length { file, length } => self.files[*file].pending.push(Change::Length(*length)),
            Event::Synced { file, folder } => self.sync(*file, *folder),
            Event::SyncedNames => self.sync_names(),
            Event::Lost { file, .. } => self.files[*file].pending.clear(),
        }
    }

    fn sync(&mut self, file: FileNumber, folder: bool) {
        let content = &mut self.files[file];
        for change in std::mem::take(&mut content.pending) {
            change.apply(&mut content.durable);
        }
        if folder {
            return self.sync_names();
        }
        for states in self.names.values_mut() {
            let there = states.iter().position(|s| *s == Some(file));
            states.drain(..there.unwrap_or(0));
        }
    }

    fn sync_names(&mut self) {
        for states in self.names.values_mut() {
            states.drain(..states.len() - 1);
        }
    }

    /// Whether something of a file waits to be synced.
    pub fn waits(&self, name: &str) -> bool {
        let last = self.names.get(name).and_then(|states| states.last().copied().flatten());
        last.is_some_and(|file| !self.files[file].pending.is_empty())
    }

    /// What is there once the power was away.
    pub fn cut(&self, keep: Keep, dice: &mut Dice) -> Image {
        let mut image = Image::new();
        for (name, states) in &self.names {
            let state = match keep {
                Keep::Nothing => 0,
                Keep::Everything => states.len() - 1,
                Keep::Whole(_) | Keep::Torn(_) => dice.below(states.len()),
            };
            if let Some(file) = states[state] {
                image.insert(name.clone(), self.files[file].cut(keep, dice));
            }
        }
        image
    }
}

impl Content {
    fn cut(&self, keep: Keep, dice: &mut Dice) -> Vec<u8> {
        let mut kept: Vec<Change> = match keep {
            Keep::Nothing => Vec::new(),
            Keep::Everything => self.pending.clone(),
            Keep::Whole(share) => self.pending.iter().filter(|_| dice.in_hundred(share)).cloned().collect(),
            Keep::Torn(share) => {
                let parts = self.pending.iter().flat_map(Change::sectors);
                parts.filter(|_| dice.in_hundred(share)).collect()
            }
        };
        if keep != Keep::Everything && dice.in_hundred(25) {
            for i in (1..kept.len()).rev() {
                kept.swap(i, dice.below(i + 1));
            }
        }
        let mut bytes = self.durable.clone();
        for change in kept {
            change.apply(&mut bytes);
        }
        bytes
    }
}

impl Change {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Change::Write { at, bytes } => write(content, *at, bytes),
            Change::Length(length) => content.resize(*length, 0),
        }
    }

    /// The parts of a change that the disk does one by one.
    fn sectors(&self) -> Vec<Change> {
        let Change::Write { at, bytes } = self else { return vec![self.clone()] };
        let (mut parts, mut from) = (Vec::new(), 0);
        while from < bytes.len() {
            let to = bytes.len().min(from + SECTOR - (at + from) % SECTOR);
            parts.push(Change::Write { at: at + from, bytes: bytes[from..to].into() });
            from = to;
        }
        parts
    }
}

/// The files as the system shows them, by name, and what each holds.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The files that have a name.
    pub names: BTreeMap<String, FileNumber>,
    /// What each file holds.
    pub files: Vec<Vec<u8>>,
}

impl Shown {
    /// What is shown after all that happened, synced or not.
    pub fn after(begin: &Image, history: &[Event]) -> Shown {
        let mut shown = Shown {
            names: begin.keys().cloned().zip(0..).collect(),
            files: begin.values().cloned().collect(),
        };
        let mut durable = Replay::new(begin);
        for event in history {
            durable.step(event);
            match event {
                Event::Made { file, name } => {
                    shown.files.resize_with(shown.files.len().max(file + 1), Vec::new);
                    shown.names.insert(name.clone(), *file);
                }
                Event::Gone { name, .. } => drop(shown.names.remove(name)),
                Event::Write { file, at, bytes } => write(&mut shown.files[*file], *at, bytes),
                Event::Length { file, length } => shown.files[*file].resize(*length, 0),
                Event::Lost { file, forgotten: true } => {
                    shown.files[*file].clone_from(&durable.files[*file].durable);
                }
                Event::Synced { .. } | Event::SyncedNames | Event::Lost { .. } => {}
            }
        }
        shown
    }
}

/// Puts bytes at a place, with zeros before them where the file is shorter.
pub fn write(content: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    content.resize(content.len().max(at + bytes.len()), 0);
    content[at..at + bytes.len()].copy_from_slice(bytes);
}
