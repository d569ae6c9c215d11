CONFIGURATION ?= Release
APPLIANCES := $(notdir $(patsubst %/,%,$(wildcard appliances/*/)))
# Images that hold a second program, which the appliance starts.
VARIANTS := dns-primary-git-ssh
UNIT := tests/Riad.Core.Tests tests/Riad.Images.Tests tests/Riad.Net.Tests tests/Riad.Dns.Tests tests/Riad.Git.Tests tests/Riad.ZoneRepository.Tests tests/Riad.Architecture.Tests
FUZZ_SECONDS ?= 60
TARGET ?=
WHAT ?= *
ARGS ?=
ARCH ?= amd64
IMAGE ?= out/images/dns-primary-git
IMAGES = dotnet run --project images/Riad.Images.Io -c $(CONFIGURATION) --

.DEFAULT_GOAL := help

help: ## Shows every target with one line.
	@grep -hE '^[a-zA-Z%-]+:.*##' $(MAKEFILE_LIST) | sed -e 's/:.*## /\t/' -e 's/%/NAME/' | expand -t 24
	@echo 'Appliances:             $(APPLIANCES)'

run: run-dns-primary-git ## Runs the main job with an example on loopback: zones from git push, served by DNS.

run-dns-primary-git: ## Runs dns-primary-git with an example repository; ARGS="--option value" adds options.
	@dotnet run --project appliances/dns-primary-git -c $(CONFIGURATION) -- serve --example $(ARGS)

run-dns-secondary: ## Runs dns-secondary; ARGS="--primary ADDRESS --keys FILE --zone NAME" says what to serve.
	@dotnet run --project appliances/dns-secondary -c $(CONFIGURATION) -- serve $(ARGS)

build: ## Builds everything, warnings are errors.
	dotnet build Riad.slnx -c $(CONFIGURATION) --nologo

test: setup build publish-dns-primary-git ## Sets up what is missing, then runs the suite; ends with 'N passed, N failed'.
	@tests/run.sh $(CONFIGURATION)

unit: build ## Runs the pure tests only: no network, no root.
	@tests/run.sh $(CONFIGURATION) $(UNIT)

interop: setup build publish-dns-primary-git ## Runs the tests against the real tools: git, dig, NSD, Knot, BIND.
	@tests/run.sh $(CONFIGURATION) $(wildcard tests/interop/*.Tests)

test-all: export RIAD_TESTS = all
test-all: setup build publish ## Runs everything: the suite in full length, long fuzzing, and the published programs in the tests' place.
	@tests/run.sh $(CONFIGURATION)
	@$(MAKE) --no-print-directory -j2 fuzz-long interop-published # the fuzzer takes one core

fuzz-long:
	@$(MAKE) --no-print-directory fuzz FUZZ_SECONDS=600

interop-published: export RIAD_BINARIES = $(CURDIR)/out/bin
interop-published:
	@tests/run.sh $(CONFIGURATION) tests/interop/Riad.Interop.Tests
	@DOTNET_ReadyToRun=0 tests/run.sh $(CONFIGURATION) tests/interop/Riad.Interop.Tests

fuzz: ## Feeds every parser with mutated seeds for FUZZ_SECONDS altogether; TARGET=Name for one.
	dotnet run --project tests/Riad.Fuzz -c $(CONFIGURATION) -- $(FUZZ_SECONDS) $(TARGET)

bench: ## Measures: WHAT=udp|tcp|load|push|axfr|secondary|transfer-under-load|update|start|image beside NSD, Knot and BIND; WHAT='*Name*' the micro benchmarks.
ifneq ($(filter $(WHAT),udp tcp load push axfr secondary update start transfer-under-load image),)
	@tests/bench/$(WHAT).sh $(ARGS)
else
	dotnet run --project tests/Riad.Benchmarks -c Release -- --filter '$(WHAT)'
endif

profile: publish ## Renews appliances/usual.mibc, which says what is compiled before it is shipped.
	@tests/bench/profile.sh

publish: $(APPLIANCES:%=publish-%) ## Makes out/bin/NAME: one self-contained, trimmed file for each appliance.
	@ls -l out/bin

publish-%: ## Makes one of them.
	dotnet publish appliances/$* -c Release -r linux-x64 --nologo -o out/publish/$*
	@mkdir -p out/bin && cp out/publish/$*/$* out/bin/$*

images: $(APPLIANCES:%=image-%) $(VARIANTS:%=image-%) ## Makes all images; ARCH=arm64 for ARM.

image-%: ## Makes out/images/NAME: container, kernel with initramfs, disks; NAME-ssh with the ssh client for Git remotes.
	@$(IMAGES) build $* --architecture $(ARCH)

verify: ## Builds IMAGE=out/images/NAME again from its commit, elsewhere, and compares every file; ARGS="--archive ADDRESS" names another archive of old packages.
	@$(IMAGES) verify $(IMAGE) $(ARGS)

format: ## Puts the sources into shape.
	dotnet format whitespace Riad.slnx
	dotnet format style Riad.slnx --severity warn

lock: ## Renews every packages.lock.json after a version changed, and images/debian.lock; ARGS=--force takes older packages too.
	dotnet restore Riad.slnx --force-evaluate -p:RestoreLockedMode=false
	@$(IMAGES) lock $(ARGS)

setup: ## Installs the tools that the tests need, as root on Debian; elsewhere says which are missing.
	@tests/setup.sh

.PHONY: help run run-dns-primary-git build test unit interop test-all fuzz fuzz-long interop-published bench profile publish images verify format lock setup
