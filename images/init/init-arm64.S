/* The first program of a machine with a 64-bit ARM processor: mounts /proc, /sys and /dev, becomes /riad.
 * A whole ELF file, written by hand so that it fits one block and needs no library.
 *
 *     aarch64-linux-gnu-as -o init.o init-arm64.S && aarch64-linux-gnu-ld -Ttext=0x400000 -o init.elf init.o && aarch64-linux-gnu-objcopy -O binary -j .text init.elf init
 */
        .text
        .globl _start

file:   .byte   0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
        .short  2, 183                  /* a program, AArch64 */
        .long   1
        .quad   _start
        .quad   segment - file
        .quad   0
        .long   0
        .short  64, 56, 1, 0, 0, 0
segment:
        .long   1, 5                    /* loaded, readable and executable */
        .quad   0, file, file
        .quad   end - file, end - file
        .quad   0x10000

_start: adr     x19, mounts
next:   mov     x0, x19                 /* mount(type, folder, type, nosuid, none) */
        mov     x2, x19
        bl      skip
        mov     x1, x19
        bl      skip
        mov     x3, #2
        mov     x4, #0
        mov     x8, #40
        svc     #0
        ldrb    w9, [x19]
        cbnz    w9, next

        ldr     x9, [sp]                /* execve("/riad", as we were called, as we were called) */
        add     x1, sp, #8
        add     x2, x1, x9, lsl #3
        add     x2, x2, #8
        adr     x0, program
        mov     x8, #221
        svc     #0

        mov     x0, #2                  /* write(2, ...); the kernel says the rest */
        adr     x1, sorry
        mov     x2, end - sorry
        mov     x8, #64
        svc     #0
        mov     x0, #1
        mov     x8, #94
        svc     #0

skip:   ldrb    w9, [x19], #1
        cbnz    w9, skip
        ret

mounts: .asciz  "proc"
        .asciz  "/proc"
        .asciz  "sysfs"
        .asciz  "/sys"
        .asciz  "devtmpfs"
        .asciz  "/dev"
        .byte   0
program:
        .asciz  "/riad"
sorry:  .ascii  "init: /riad cannot be started; is there too little memory?\n"
end:
